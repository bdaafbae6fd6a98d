import { FrameLossCause, HostFaulted, HostFaultKind, HostFaultNeed, OverheadReleased, TrapCause, Trapped, VmEnd, VmTerminated } from "../../events/index.ts";
import { LARGE_PAGE_PAGES, NO_PAGE, type NO_PROCESS, type PhysicalPage, type ProcessId, type RealPage, type VirtualPage } from "../../ids/index.ts";
import { resumeVm } from "./suspension.ts";
import { takeDecompressed } from "./compression/compress-page.ts";
import { allocateFrame, mapFrame, zeroFrame } from "./give-frame.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { mapCached, swapInAhead } from "./host-swap/swap-in.ts";
import type { SwapCache } from "../state/host-swap/swap-cache.ts";
import { bringBack, forgetContent, sourceOf, waitForContent } from "./kept-content.ts";
import { mapLargePage, takeLargeBlock } from "./large-pages.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import { recordVmSamples } from "./samples.ts";
import { unmapFrame } from "./unmap-frame.ts";

/** Control passes from the VM to the hypervisor. */
export function trap(
  host: HostRuntime,
  vm: VmRuntime,
  process: ProcessId | typeof NO_PROCESS,
  cause: TrapCause,
  virtual: VirtualPage | typeof NO_PAGE,
  real: RealPage | typeof NO_PAGE,
  costNs = host.scenario.host.costs.trapNs,
): void {
  vm.clockNs += costNs;
  host.recorder.record(Trapped, vm.memory.vm, process, cause, virtual, real, costNs);
}

/** A touched real page has no frame: traps, then the hypervisor puts one there. False if the VM was ended for want of one. */
export function handleMissingFrame(
  host: HostRuntime,
  vm: VmRuntime,
  process: ProcessId | typeof NO_PROCESS,
  virtual: VirtualPage | typeof NO_PAGE,
  real: RealPage,
  neededBy: HostFaultNeed = HostFaultNeed.Other,
): boolean {
  trap(host, vm, process, TrapCause.MissingRealMapEntry, virtual, real);
  return backRealPage(host, vm, real, neededBy);
}

/**
 * The hypervisor's part of a host fault: a zeroed frame, or the content swapped out before. No trap of its own: the
 * caller's trap brought control here. A large page if one can be had. False if the VM was ended because no frame could be had.
 */
export function backRealPage(host: HostRuntime, vm: VmRuntime, real: RealPage, neededBy: HostFaultNeed = HostFaultNeed.Other): boolean {
  const { recorder } = host;
  const { memory } = vm;
  if (host.swapCache !== undefined && memory.isSwapped(real)) return backFromSwap(host, vm, real, host.swapCache, neededBy);
  const source = sourceOf(memory, real);
  // Asked for at the VM's own time: within one balloon poll several pages may be waited for, one after the other.
  const waitNs = waitForContent(host, vm, real, source);
  vm.clockNs += host.scenario.host.costs.hostFaultNs + waitNs;
  if (source !== HostFaultKind.Compressed) vm.waitNs += waitNs;
  recorder.record(HostFaulted, memory.vm, real, source, neededBy, waitNs);
  const block = source === HostFaultKind.Minor ? takeLargeBlock(host, vm, real) : NO_PAGE;
  if (block >= 0) {
    for (let at = 0; at < LARGE_PAGE_PAGES; at++) zeroFrame(host, vm, (block + at) as PhysicalPage);
    mapLargePage(host, vm, real, block as PhysicalPage);
    vm.measures.touch(real);
    return true;
  }
  // Out of the cache before a frame is looked for, which may make the cache give pages up.
  const decompressed = source === HostFaultKind.Compressed ? takeDecompressed(host, vm, real) : 0;
  const frame = allocateFrame(host, vm, real);
  if (frame === NO_PAGE) {
    endVm(host, vm, VmEnd.HostOutOfFrames);
    return false;
  }
  zeroFrame(host, vm, frame);
  mapFrame(host, vm, real, frame);
  if (source === HostFaultKind.Compressed) host.content[frame] = decompressed;
  else bringBack(host, vm, real, frame, source);
  return true;
}

/** With swap read-ahead the page is in the swap cache already, or its request reads its neighbours too. */
function backFromSwap(host: HostRuntime, vm: VmRuntime, real: RealPage, cache: SwapCache, neededBy: HostFaultNeed): boolean {
  if (vm.memory.isInSwapCache(real)) mapCached(host, vm, real, cache, neededBy);
  else if (swapInAhead(host, vm, real, cache, neededBy) === NO_PAGE) {
    endVm(host, vm, VmEnd.HostOutOfFrames);
    return false;
  }
  return true;
}

/** Takes away what the hypervisor has of a real page: its frame, or its content wherever that is kept. */
export function releaseBacking(host: HostRuntime, vm: VmRuntime, real: RealPage, cause: FrameLossCause): void {
  const { memory } = vm;
  if (memory.isResident(real)) unmapFrame(host, vm, real, cause);
  else forgetContent(host, vm, real);
}

/** Switches a VM off; everything it held on the host is free again. */
export function endVm(host: HostRuntime, vm: VmRuntime, cause: VmEnd): void {
  const { memory } = vm;
  if (memory.isBlocked) resumeVm(host, vm);
  for (let real = 0; real < memory.configuredPages; real++) {
    releaseBacking(host, vm, real as RealPage, FrameLossCause.Exit);
  }
  for (let at = 0; at < vm.overheadRanges.length; at += 2) {
    const [first, end] = [vm.overheadRanges[at] as PhysicalPage, vm.overheadRanges[at + 1]];
    host.recorder.record(OverheadReleased, memory.vm, first, end);
    for (let frame = end - 1; frame >= first; frame--) host.freeFrames.giveBack(frame);
  }
  vm.overheadRanges = [];
  recordVmSamples(host, vm);
  vm.isOn = false;
  host.recorder.record(VmTerminated, memory.vm, cause);
}
