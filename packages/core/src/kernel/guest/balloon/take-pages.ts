import { assert } from "../../../assert/index.ts";
import {
  type BalloonAllocation,
  BalloonAllocationRefused,
  BalloonInflated,
  BalloonPagePinned,
  FrameLossCause,
  UnmapCause,
} from "../../../events/index.ts";
import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import { evictPage } from "../guest-paging.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { releaseBacking } from "../../hypervisor/end-vm.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { callHypervisor } from "./call-hypervisor.ts";

/** A page that the guest uses for nothing, unless it is one of those that it keeps; else NO_PAGE. */
export function takeFreePage(vm: VmRuntime, keptPages: number): RealPage {
  return vm.freeRealPages.free > keptPages ? vm.takeFreeRealPage() : (NO_PAGE as RealPage);
}

/**
 * A page in the order in which inflation takes them: free ones, then what the guest's replacement gives up, clean pages
 * dropped and dirty ones written to the guest's disk. NO_PAGE if there is none, or the VM was ended meanwhile.
 */
export function takePage(host: HostRuntime, vm: VmRuntime, keptPages: number): RealPage {
  const free = takeFreePage(vm, keptPages);
  return free === NO_PAGE ? evictPage(host, vm, UnmapCause.Balloon) : free;
}

/** The driver holds a page from now on. */
export function pinPage(host: HostRuntime, vm: VmRuntime, real: RealPage): void {
  host.recorder.record(BalloonPagePinned, vm.memory.vm, real);
  vm.balloonPages.push(real);
  assert(vm.balloonPages.length === vm.memory.balloonSizePages, () => balloonFault(vm));
}

/** Tells the hypervisor of pinned pages in one call; it takes their frames. */
export function handOverPages(host: HostRuntime, vm: VmRuntime, pinned: readonly RealPage[]): void {
  callHypervisor(host, vm, pinned.length * host.scenario.host.costs.balloonPageInNs);
  for (const real of pinned) releaseBacking(host, vm, real, FrameLossCause.Balloon);
}

/** The balloon has grown at this poll, or in this batch. */
export function recordGrowth(host: HostRuntime, vm: VmRuntime, pages: number): void {
  const { memory } = vm;
  vm.balloon.madeProgress = true;
  host.recorder.record(BalloonInflated, memory.vm, pages, memory.balloonSizePages);
}

/** The guest gave no page. */
export function recordRefusal(host: HostRuntime, vm: VmRuntime, target: number, allocation: BalloonAllocation): void {
  const { memory } = vm;
  const missing = target - memory.balloonSizePages;
  const { vm: number, balloonSizePages } = memory;
  host.recorder.record(BalloonAllocationRefused, number, missing, balloonSizePages, allocation);
}

function balloonFault({ memory, balloonPages }: VmRuntime): string {
  return `the driver of VM ${memory.vm} holds ${balloonPages.length} pages, but its balloon has ${memory.balloonSizePages}`;
}
