import { PageUnmapped, TrapCause, UnmapCause } from "../../events/index.ts";
import type { VirtualPage } from "../../ids/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { trap } from "../hypervisor/host-fault.ts";
import type { ProcessRuntime } from "../state/process-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/**
 * A process is gone, and its real pages are free in the guest. The hypervisor is not notified: their frames stay with the VM
 * until it takes them. The guest's own work at it is not charged.
 */
export function exitProcess(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime): void {
  const { memory } = process;
  vm.swap.exited(memory);
  for (let virtual = 0 as VirtualPage; virtual < memory.virtualPages; virtual++) {
    if (!memory.isMapped(virtual)) continue;
    const real = memory.realPage(virtual);
    vm.replacement.freed(real);
    vm.accessBits.resetGuest(real);
    host.recorder.record(PageUnmapped, memory.vm, memory.process, virtual, real, UnmapCause.Exit);
    if (host.isShadow) trap(host, vm, TrapCause.PageTableUpdate, { process: memory.process, virtual, real });
    vm.giveBackRealPage(real);
  }
}
