import { BalloonDeflated, BalloonDeflatedOnOom, BalloonPageUnpinned, BalloonPopped } from "../../../events/index.ts";
import type { RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { handleMissingFrame } from "../../hypervisor/host-fault.ts";
import { directTouch } from "../../hypervisor/touch.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { callHypervisor } from "./call-hypervisor.ts";

/** Unpins pages, the last pinned first, after one call of the hypervisor. They come back without frames. */
export function giveBackPages(host: HostRuntime, vm: VmRuntime, pages: number): void {
  callHypervisor(host, vm, pages * host.scenario.host.costs.balloonPageOutNs);
  for (let count = 0; count < pages; count++) unpinLast(host, vm);
}

/** Unpins the page that was pinned last. */
export function unpinLast(host: HostRuntime, vm: VmRuntime): void {
  const real = vm.balloonPages.pop() as RealPage;
  host.recorder.record(BalloonPageUnpinned, vm.memory.vm, real);
  vm.giveBackRealPage(real);
}

/** The balloon has shrunk at this poll, or in this batch. */
export function recordShrinking(host: HostRuntime, vm: VmRuntime, pages: number): void {
  const { memory } = vm;
  vm.balloon.madeProgress = true;
  host.recorder.record(BalloonDeflated, memory.vm, pages, memory.balloonSizePages);
}

/** Something in the guest touched a page of the balloon: the page leaves it and gets a frame like any other. */
export function popBalloonPage(host: HostRuntime, vm: VmRuntime, real: RealPage): void {
  vm.balloonPages.remove(real);
  host.recorder.record(BalloonPopped, vm.memory.vm, real);
  vm.giveBackRealPage(real);
  vm.balloon.madeProgress = true;
  handleMissingFrame(host, vm, directTouch(real));
}

/**
 * What Linux's virtio_balloon does when its guest would otherwise end a process for want of memory, if it is so set up:
 * gives pages back, whatever the target. Whether it gave any. It does not take them again before the next target.
 */
export function deflateOnOom(host: HostRuntime, vm: VmRuntime): boolean {
  const { balloon } = vm.spec;
  const { memory } = vm;
  if (balloon?.driver !== "virtio" || !balloon.deflateOnOom || memory.balloonSizePages === 0) return false;
  const pages = Math.min(balloon.oomPages, memory.balloonSizePages);
  giveBackPages(host, vm, pages);
  host.recorder.record(BalloonDeflatedOnOom, memory.vm, pages, memory.balloonSizePages);
  return true;
}
