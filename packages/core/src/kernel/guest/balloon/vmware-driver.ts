import { BalloonAllocation, FrameLossCause } from "../../../events/index.ts";
import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { VmwareBalloonSpec } from "../../../scenario/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { releaseBacking } from "../../hypervisor/end-vm.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import type { BalloonDriver } from "./balloon-driver.ts";
import { callHypervisor } from "./call-hypervisor.ts";
import { recordShrinking, unpinLast } from "./give-back.ts";
import { learnTarget } from "./learn-target.ts";
import { pinPage, recordGrowth, recordRefusal, takeFreePage, takePage } from "./take-pages.ts";

/**
 * The driver for ESX of Linux 2.6.34 (drivers/misc/vmware_balloon.c, version 1.2): its rates, its slow polls after a failed
 * allocation, and one call of the hypervisor for the target and for each page. The hypervisor never refuses a page here,
 * so that the rate of giving back stays at its most.
 */
export const vmwareDriver: BalloonDriver<VmwareBalloonSpec> = {
  work(host, vm, spec) {
    const { balloon, memory } = vm;
    balloon.madeProgress = false;
    if (balloon.slowPolls > 0) balloon.slowPolls--;
    callHypervisor(host, vm, 0);
    const size = memory.balloonSizePages;
    const target = learnTarget(host, vm);
    if (target > size) inflate(host, vm, spec, target);
    else if (target < size) deflate(host, vm, Math.min(size - target, spec.freePages));
    balloon.nextNs = vm.clockNs + spec.pollNs;
  },
  targetSet: () => {},
};

/**
 * The driver's loop. It counts rounds, not pages: one more than the rate before it ends, and a round in which an allocation
 * fails gives no page. Without reclaim at first; when the free pages have run out, with it, at the lower rate.
 */
function inflate(host: HostRuntime, vm: VmRuntime, spec: VmwareBalloonSpec, target: number): void {
  const { balloon, memory } = vm;
  const goal = target - memory.balloonSizePages;
  let rate = balloon.slowPolls > 0 ? balloon.allocPages : spec.noSleepPages;
  let mayReclaim = false;
  let hasFailed = false;
  let grown = 0;
  let round = 0;
  for (; round < goal; round++) {
    const real = mayReclaim ? takePage(host, vm, spec.minFreePages) : takeFreePage(vm, spec.minFreePages);
    if (!vm.isOn) return;
    hasFailed = real === NO_PAGE;
    if (!hasFailed) {
      handOverPage(host, vm, real);
      grown++;
    } else {
      recordRefusal(host, vm, target, mayReclaim ? BalloonAllocation.MayReclaim : BalloonAllocation.NoSleep);
      if (mayReclaim) {
        balloon.allocPages = Math.max(Math.floor(balloon.allocPages / 2), spec.allocLeastPages);
        break;
      }
      balloon.slowPolls = spec.slowPolls;
      if (round >= balloon.allocPages) break;
      mayReclaim = true;
      rate = balloon.allocPages;
    }
    if (round >= rate) break;
  }
  if (!hasFailed && round >= balloon.allocPages) raiseRate(vm, spec, Math.floor(round / balloon.allocPages));
  if (grown > 0) recordGrowth(host, vm, grown);
}

/** After a poll without failure, for each time that the rate was reached. */
function raiseRate(vm: VmRuntime, spec: VmwareBalloonSpec, times: number): void {
  const { balloon } = vm;
  balloon.allocPages = Math.min(balloon.allocPages + times * spec.allocStepPages, spec.allocMostPages);
}

function handOverPage(host: HostRuntime, vm: VmRuntime, real: RealPage): void {
  pinPage(host, vm, real);
  callHypervisor(host, vm, host.scenario.host.costs.balloonPageInNs, real);
  releaseBacking(host, vm, real, FrameLossCause.Balloon);
}

function deflate(host: HostRuntime, vm: VmRuntime, pages: number): void {
  for (let count = 0; count < pages; count++) {
    callHypervisor(host, vm, host.scenario.host.costs.balloonPageOutNs, vm.balloonPages.top as RealPage);
    unpinLast(host, vm);
  }
  recordShrinking(host, vm, pages);
}
