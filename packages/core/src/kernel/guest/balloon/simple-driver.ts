import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { SimpleBalloonSpec } from "../../../scenario/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import type { BalloonDriver } from "./balloon-driver.ts";
import { giveBackPages, recordShrinking } from "./give-back.ts";
import { learnTarget } from "./learn-target.ts";
import { handOverPages, pinPage, recordGrowth, takePage } from "./take-pages.ts";

/** Polls, and at each poll takes or gives back all that is wanted up to a number of pages, in one call of the hypervisor. */
export const simpleDriver: BalloonDriver<SimpleBalloonSpec> = {
  work(host, vm, spec) {
    vm.balloon.nextNs = vm.clockNs + spec.pollNs;
    vm.balloon.madeProgress = false;
    const size = vm.memory.balloonSizePages;
    const target = learnTarget(host, vm);
    const pages = Math.min(spec.pollPages, Math.abs(target - size));
    if (target > size) inflate(host, vm, pages);
    else if (target < size) deflate(host, vm, pages);
  },
  targetSet: () => {},
};

/** Pins free pages, then those that the guest's replacement gives up; then tells the hypervisor, which takes the frames. */
function inflate(host: HostRuntime, vm: VmRuntime, pages: number): void {
  const pinned: RealPage[] = [];
  while (pinned.length < pages && vm.isOn) {
    const real = takePage(host, vm, 0);
    if (real === NO_PAGE) break;
    pinPage(host, vm, real);
    pinned.push(real);
  }
  if (!vm.isOn || pinned.length === 0) return;
  handOverPages(host, vm, pinned);
  recordGrowth(host, vm, pinned.length);
}

function deflate(host: HostRuntime, vm: VmRuntime, pages: number): void {
  giveBackPages(host, vm, pages);
  recordShrinking(host, vm, pages);
}
