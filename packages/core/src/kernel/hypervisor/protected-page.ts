import { TrapCause } from "../../events/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import { handleMissingFrame, trap } from "./host-fault.ts";
import { breakSharing } from "./sharing/break-sharing.ts";
import type { Touch } from "./touch.ts";

/** What the hypervisor must do before a real page can be touched: a frame, or the rights that it took away. May end the VM. */
export function reachRealPage(host: HostRuntime, vm: VmRuntime, touch: Touch): void {
  if (!vm.memory.isResident(touch.real)) handleMissingFrame(host, vm, touch);
  else if (vm.accessBits.traps(touch.real, touch.isStore)) resolveProtection(host, vm, touch);
}

/** Gives a resident page's real map entry back what the access needs. First the entry itself, then the right to store. */
function resolveProtection(host: HostRuntime, vm: VmRuntime, touch: Touch): void {
  if (vm.accessBits.traps(touch.real, false)) handleSampledPage(host, vm, touch);
  if (touch.isStore && vm.accessBits.trapsStore(touch.real)) handleProtectedStore(host, vm, touch);
}

/** The hypervisor wanted to know of the next touch, or of each. */
function handleSampledPage(host: HostRuntime, vm: VmRuntime, touch: Touch): void {
  trap(host, vm, TrapCause.SampledPage, touch, host.scenario.host.costs.sampledPageNs);
  vm.measures.touch(touch.real);
  if (!vm.measures.watches(touch.real)) vm.accessBits.clearTrapAny(touch.real);
}

/** A store to a write-protected page: it gets a frame of its own, or it had one, and may be written to from now on. */
function handleProtectedStore(host: HostRuntime, vm: VmRuntime, touch: Touch): void {
  if (host.machine.frames.isShared(vm.memory.physicalPage(touch.real))) breakSharing(host, vm, touch);
  else vm.accessBits.clearTrapStore(touch.real);
}
