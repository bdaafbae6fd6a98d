import { TrapCause } from "../../events/index.ts";
import type { NO_PAGE, NO_PROCESS, ProcessId, RealPage, VirtualPage } from "../../ids/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { trap } from "./host-paging.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import { breakSharing } from "./sharing/break-sharing.ts";

/** Whether an access to a resident real page traps, though its real map entry leads to a frame. */
export function isProtected(vm: VmRuntime, real: RealPage, isStore: boolean): boolean {
  return vm.accessBits.traps(real, isStore);
}

/**
 * Gives a resident page's real map entry back what the access needs. First the entry itself, then the right to store.
 * False if the VM was ended meanwhile.
 */
export function resolveProtection(
  host: HostRuntime,
  vm: VmRuntime,
  process: ProcessId | typeof NO_PROCESS,
  virtual: VirtualPage | typeof NO_PAGE,
  real: RealPage,
  isStore: boolean,
): boolean {
  if (vm.accessBits.traps(real, false)) handleSampledPage(host, vm, process, virtual, real);
  return !isStore || !vm.accessBits.trapsStore(real) || handleProtectedStore(host, vm, process, virtual, real);
}

/** The hypervisor wanted to know of the next touch, or of each. */
function handleSampledPage(host: HostRuntime, vm: VmRuntime, process: ProcessId | typeof NO_PROCESS, virtual: VirtualPage | typeof NO_PAGE, real: RealPage): void {
  trap(host, vm, process, TrapCause.SampledPage, virtual, real, host.scenario.host.costs.sampledPageNs);
  vm.measures.touch(real);
  if (!vm.measures.watches(real)) vm.accessBits.clearTrapAny(real);
}

/** A store to a write-protected page: it gets a frame of its own, or it had one, and may be written to from now on. */
function handleProtectedStore(host: HostRuntime, vm: VmRuntime, process: ProcessId | typeof NO_PROCESS, virtual: VirtualPage | typeof NO_PAGE, real: RealPage): boolean {
  if (host.machine.frames.isShared(vm.memory.physicalPage(real))) return breakSharing(host, vm, process, virtual, real);
  vm.accessBits.clearTrapStore(real);
  return true;
}
