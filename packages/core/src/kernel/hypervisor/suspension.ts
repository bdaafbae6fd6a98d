import { VmSuspended, VmResumed } from "../../events/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** The VM makes no accesses from now on; what it is in the middle of is still done. */
export function suspendVm(host: HostRuntime, vm: VmRuntime): void {
  vm.suspendedSinceNs = host.recorder.nowNs;
  host.recorder.record(VmSuspended, vm.memory.vm);
}

/** The VM continues. It skips the time in between: its clock is the host's now, unless it waits for a device until later. */
export function resumeVm(host: HostRuntime, vm: VmRuntime): void {
  const { nowNs } = host.recorder;
  vm.suspendedNs = suspendedNs(host, vm);
  vm.measures.delay(nowNs - vm.suspendedSinceNs);
  vm.advanceTo(nowNs);
  host.recorder.record(VmResumed, vm.memory.vm, vm.suspendedNs);
}

/** Time that a VM was suspended in all since it began. */
export function suspendedNs(host: HostRuntime, vm: VmRuntime): number {
  return vm.memory.isSuspended ? vm.suspendedNs + host.recorder.nowNs - vm.suspendedSinceNs : vm.suspendedNs;
}
