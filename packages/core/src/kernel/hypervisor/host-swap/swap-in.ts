import { HostFaulted, HostFaultKind, SwapCacheHit, SwapClusterRead, SwapPageReadAhead } from "../../../events/index.ts";
import { NO_PAGE, type PhysicalPage } from "../../../ids/index.ts";
import { findFrame, mapFrame, zeroFrame } from "../give-frame.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { keepWithinLimit } from "../memory-limit.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import type { SwapCache } from "../../state/host-swap/swap-cache.ts";
import type { Touch } from "../touch.ts";
import { takeFromSwap } from "./take-from-swap.ts";

type Fault = Pick<Touch, "real" | "neededBy">;

/** With swap read-ahead the page is in the swap cache already, or its request reads its neighbours too. */
export function swapIn(host: HostRuntime, vm: VmRuntime, fault: Fault, cache: SwapCache): void {
  if (vm.memory.isInSwapCache(fault.real)) mapCached(host, vm, fault, cache);
  else readWithNeighbours(host, vm, fault, cache);
}

/**
 * Serves a major host fault with read-ahead, as Linux's swapin_readahead did until 3.14: one request reads the swapped pages
 * of the aligned window around the page's slot, from the first to the last of them. The page's own frame is found first;
 * the others take free frames, as long as there are any, and wait in the swap cache.
 */
function readWithNeighbours(host: HostRuntime, vm: VmRuntime, { real, neededBy }: Fault, cache: SwapCache): void {
  const { recorder } = host;
  const { memory } = vm;
  const frame = findFrame(host, vm, real);
  if (frame === NO_PAGE) return;
  const slot = memory.swapSlot[real];
  const ahead = cache.readableAround(slot).slice(0, host.freeFrames.free);
  const first = Math.min(slot, ...ahead);
  const pages = Math.max(slot, ...ahead) + 1 - first;
  const askedNs = host.timeOf(vm);
  const waitNs = host.swapDevice.read(askedNs, first, pages);
  vm.clockNs += host.scenario.host.costs.hostFaultNs + waitNs;
  vm.waitNs += waitNs;
  recorder.record(HostFaulted, memory.vm, real, HostFaultKind.Major, neededBy, waitNs);
  zeroFrame(host, vm, frame);
  mapFrame(host, vm, real, frame);
  takeFromSwap(host, vm, real, frame);
  if (ahead.length === 0) return;
  recorder.record(SwapClusterRead, memory.vm, first, pages, ahead.length, waitNs);
  for (const other of ahead) readAhead(host, cache, other, askedNs + waitNs);
}

function readAhead(host: HostRuntime, cache: SwapCache, slot: number, readyNs: number): void {
  const { vm, real } = cache.ownerOf(slot);
  const frame = host.freeFrames.take() as PhysicalPage;
  const content = host.machine.vm(vm).swapContent[real];
  host.content[frame] = content;
  host.recorder.record(SwapPageReadAhead, vm, real, frame, slot, content);
  cache.add({ slot, frame, readyNs });
}

/** Serves a host fault from the swap cache: the page's frame is there; at most its request is not done yet. */
function mapCached(host: HostRuntime, vm: VmRuntime, { real, neededBy }: Fault, cache: SwapCache): void {
  const { recorder } = host;
  const { memory } = vm;
  keepWithinLimit(host, vm);
  const slot = memory.swapSlot[real];
  const { frame, readyNs } = cache.take(slot);
  const waitNs = Math.max(0, readyNs - host.timeOf(vm));
  vm.clockNs += host.scenario.host.costs.hostFaultNs + waitNs;
  vm.waitNs += waitNs;
  recorder.record(HostFaulted, memory.vm, real, HostFaultKind.SwapCache, neededBy, waitNs);
  recorder.record(SwapCacheHit, memory.vm, real, frame, slot);
  mapFrame(host, vm, real, frame);
  takeFromSwap(host, vm, real, frame);
}
