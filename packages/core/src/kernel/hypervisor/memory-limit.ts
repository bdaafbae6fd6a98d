import { type LimitCause, MemoryLimitSet } from "../../events/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import { stealPages } from "./stealing/steal-in-order.ts";

/** From now on the VM may hold at most `pages` frames. */
export function setMemoryLimit(host: HostRuntime, vm: VmRuntime, pages: number, cause: LimitCause): void {
  const { memory } = vm;
  host.recorder.record(MemoryLimitSet, memory.vm, pages, memory.memoryLimitPages, cause);
}

/**
 * Before a VM gets one more frame: at its limit it first loses a page of its own. If the swap is too full for that it
 * goes beyond its limit, and comes back at a later fault. That goes back to the decision that set the limit.
 */
export function keepWithinLimit(host: HostRuntime, vm: VmRuntime): void {
  const { ownPages, memoryLimitPages } = vm.memory;
  if (ownPages < memoryLimitPages) return;
  const { recorder } = host;
  const before = recorder.decision;
  recorder.decision = vm.decisions.memoryLimit;
  stealBeyond(host, vm, Math.max(0, memoryLimitPages - 1));
  recorder.decision = before;
}

/**
 * Steals what a VM holds beyond `pages` pages, in the order of its limit; where that order finds nothing (no page is idle,
 * none old enough), in that of the scenario. Returns how many were stolen.
 */
export function stealBeyond(host: HostRuntime, vm: VmRuntime, pages: number): number {
  const beyond = Math.max(0, vm.memory.ownPages - pages);
  const stolen = stealPages(host, vm, beyond, { order: vm.limitOrder, into: vm.limitPlace });
  const { limitOrder } = host.scenario.host;
  if (stolen === beyond || vm.limitOrder === limitOrder) return stolen;
  return stolen + stealPages(host, vm, beyond - stolen, { order: limitOrder, into: vm.limitPlace });
}
