import { BalloonAllocation } from "../../../events/index.ts";
import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { VirtioBalloonSpec } from "../../../scenario/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { NEVER } from "../../structures/never.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import type { BalloonDriver } from "./balloon-driver.ts";
import { giveBackPages, recordShrinking } from "./give-back.ts";
import { balloonTarget, learnTarget } from "./learn-target.ts";
import { handOverPages, pinPage, recordGrowth, recordRefusal, takePage } from "./take-pages.ts";

/**
 * Linux's virtio_balloon (drivers/virtio/virtio_balloon.c): an interrupt tells it of a new target, and it works towards it
 * batch after batch, one call of the hypervisor for each, before the guest's processes continue. After a refused allocation it
 * hands over what it has and waits before it tries again.
 */
export const virtioDriver: BalloonDriver<VirtioBalloonSpec> = {
  work(host, vm, spec) {
    const { balloon, memory } = vm;
    balloon.nextNs = NEVER;
    balloon.madeProgress = false;
    const size = memory.balloonSizePages;
    const target = balloon.isNotified ? learnTarget(host, vm) : balloonTarget(vm);
    balloon.isNotified = false;
    if (target > size) inflate(host, vm, spec, target);
    else if (target < size) deflate(host, vm, Math.min(spec.batchPages, size - target));
    if (balloon.nextNs === NEVER && balloonTarget(vm) !== memory.balloonSizePages) balloon.nextNs = vm.clockNs;
  },
  /** A driver that is at work, or waits to try again, sees the target when it continues. */
  targetSet(host, vm, spec) {
    const { balloon } = vm;
    balloon.isNotified = true;
    if (balloon.nextNs === NEVER) balloon.nextNs = host.recorder.nowNs + spec.notifyNs;
  },
};

function inflate(host: HostRuntime, vm: VmRuntime, spec: VirtioBalloonSpec, target: number): void {
  const pages = Math.min(spec.batchPages, target - vm.memory.balloonSizePages);
  const pinned: RealPage[] = [];
  while (pinned.length < pages) {
    const real = takePage(host, vm, spec.minFreePages);
    if (!vm.isOn) return;
    if (real === NO_PAGE) break;
    pinPage(host, vm, real);
    pinned.push(real);
  }
  if (pinned.length > 0) {
    handOverPages(host, vm, pinned);
    recordGrowth(host, vm, pinned.length);
  }
  if (pinned.length === pages) return;
  recordRefusal(host, vm, target, BalloonAllocation.MayReclaim);
  vm.balloon.nextNs = vm.clockNs + spec.retryNs;
}

function deflate(host: HostRuntime, vm: VmRuntime, pages: number): void {
  giveBackPages(host, vm, pages);
  recordShrinking(host, vm, pages);
}
