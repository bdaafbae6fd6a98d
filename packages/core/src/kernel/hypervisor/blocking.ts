import { EventCode } from "../../events/index.ts";
import { NO_ONE } from "../../ids/index.ts";
import type { Host } from "../state/host.ts";
import type { RunningVm } from "../state/running-vm.ts";

/** The VM makes no accesses from now on; what it is in the middle of is still done. */
export function blockVm(host: Host, vm: RunningVm): void {
  vm.blockedSinceNs = host.recorder.nowNs;
  host.recorder.record(EventCode.VmBlocked, vm.memory.vm, NO_ONE);
}

/** The VM goes on. It has missed the time between: its clock is the host's now, unless it waits for a device beyond. */
export function unblockVm(host: Host, vm: RunningVm): void {
  const { nowNs } = host.recorder;
  vm.blockedNs = blockedNs(host, vm);
  vm.measures.delay(nowNs - vm.blockedSinceNs);
  vm.clockNs = Math.max(vm.clockNs, nowNs);
  host.recorder.record(EventCode.VmUnblocked, vm.memory.vm, NO_ONE, 0, 0, 0, vm.blockedNs);
}

/** Time that a VM was blocked in all since it began. */
export function blockedNs(host: Host, vm: RunningVm): number {
  return vm.memory.isBlocked ? vm.blockedNs + host.recorder.nowNs - vm.blockedSinceNs : vm.blockedNs;
}

/** Whether some VM has work, and every one that has is blocked. */
export function isAllWorkBlocked(host: Host): boolean {
  let isBlocked = false;
  for (const vm of host.vms) {
    if (vm === undefined || !vm.hasWork) continue;
    if (!vm.memory.isBlocked) return false;
    isBlocked = true;
  }
  return isBlocked;
}
