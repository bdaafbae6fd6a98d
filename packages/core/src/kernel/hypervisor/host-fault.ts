import { HostFaulted, HostFaultKind, TrapCause, Trapped } from "../../events/index.ts";
import { NO_PAGE, type RealPage } from "../../ids/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import { takeDecompressed } from "./compression/compress-page.ts";
import { findFrame, mapFrame, zeroFrame } from "./give-frame.ts";
import { swapIn } from "./host-swap/swap-in.ts";
import { bringBack, sourceOf, waitForContent } from "./kept-content.ts";
import { backWithLargePage } from "./large-page-fault.ts";
import type { Touch } from "./touch.ts";

/** Control passes from the VM to the hypervisor. */
export function trap(
  host: HostRuntime,
  vm: VmRuntime,
  cause: TrapCause,
  { process, virtual, real }: Pick<Touch, "process" | "virtual"> & { readonly real: RealPage | typeof NO_PAGE },
  costNs = host.scenario.host.costs.trapNs,
): void {
  vm.clockNs += costNs;
  host.recorder.record(Trapped, vm.memory.vm, process, cause, virtual, real, costNs);
}

/** A touched real page has no frame: traps, then the hypervisor puts one there. Ends the VM for want of one. */
export function handleMissingFrame(host: HostRuntime, vm: VmRuntime, touch: Touch): void {
  trap(host, vm, TrapCause.MissingRealMapEntry, touch);
  backRealPage(host, vm, touch);
}

/**
 * The hypervisor's part of a host fault, step by step. No trap of its own: the caller's trap brought control here. The VM is
 * ended if no frame can be had.
 */
export function backRealPage(host: HostRuntime, vm: VmRuntime, fault: Pick<Touch, "real" | "neededBy">): void {
  const { real } = fault;
  // With swap read-ahead, a request for one page brings others: it has an order of its own.
  if (host.swapCache !== undefined && vm.memory.isSwapped(real)) return swapIn(host, vm, fault, host.swapCache);
  // Where the content is: in the swap, compressed, on the guest's disk, or nowhere. The VM waits for it.
  const source = sourceOf(vm.memory, real);
  chargeFault(host, vm, fault, source);
  // Without content, the page may get a large one together with the 511 around it.
  if (source === HostFaultKind.Minor && backWithLargePage(host, vm, real)) return;
  // Decompressed before a frame is looked for, which may make the compression cache give pages up.
  const decompressed = source === HostFaultKind.Compressed ? takeDecompressed(host, vm, real) : 0;
  // At its memory limit the VM first loses a page; a free frame, one of the swap cache, or one that the policy frees.
  const frame = findFrame(host, vm, real);
  if (frame === NO_PAGE) return;
  zeroFrame(host, vm, frame);
  mapFrame(host, vm, real, frame);
  if (source === HostFaultKind.Compressed) host.content[frame] = decompressed;
  else bringBack(host, vm, real, frame, source);
}

/** Asked for at the VM's own time: within one balloon poll several pages may be waited for, one after the other. */
function chargeFault(host: HostRuntime, vm: VmRuntime, { real, neededBy }: Pick<Touch, "real" | "neededBy">, source: HostFaultKind): void {
  const waitNs = waitForContent(host, vm, real, source);
  vm.clockNs += host.scenario.host.costs.hostFaultNs + waitNs;
  if (source !== HostFaultKind.Compressed) vm.waitNs += waitNs;
  host.recorder.record(HostFaulted, vm.memory.vm, real, source, neededBy, waitNs);
}
