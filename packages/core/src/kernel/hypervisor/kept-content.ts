import { assert } from "../../assert/index.ts";
import { HostFaultKind, PageReadByMapper, SwapSlotFreed } from "../../events/index.ts";
import type { PhysicalPage, RealPage } from "../../ids/index.ts";
import { Kept, type VmTables } from "../../memory/index.ts";
import { freeCompressed } from "./compression/compress-page.ts";
import { forgetBlock } from "./disk-mapper/leave-on-disk.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { dropCached } from "./host-swap/drop-cached.ts";
import { freeSlot, takeFromSwap } from "./host-swap/take-from-swap.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** Where the content of a real page without a frame comes from. */
export function sourceOf(memory: VmTables, real: RealPage): HostFaultKind {
  if (memory.isSwapped(real)) return HostFaultKind.Major;
  if (memory.isCompressed(real)) return HostFaultKind.Compressed;
  return memory.kept[real] === Kept.OnGuestDisk ? HostFaultKind.FromGuestDisk : HostFaultKind.Minor;
}

/** Asks for a page's content at the VM's own time; how long until it is there. */
export function waitForContent(host: HostRuntime, vm: VmRuntime, real: RealPage, source: HostFaultKind): number {
  const askedNs = host.timeOf(vm);
  switch (source) {
    case HostFaultKind.Major:
      return host.swapDevice.read(askedNs, vm.memory.swapSlot[real]);
    case HostFaultKind.FromGuestDisk:
      return vm.disk.read(askedNs, vm.blocks.blockOf(real));
    case HostFaultKind.Compressed:
      return host.scenario.host.costs.decompressionNs;
    default:
      return 0;
  }
}

/** Puts the content that was waited for into the page's new frame; what was compressed has left its cache before. */
export function bringBack(host: HostRuntime, vm: VmRuntime, real: RealPage, frame: PhysicalPage, source: HostFaultKind): void {
  const { recorder } = host;
  const { memory } = vm;
  if (source === HostFaultKind.Minor) return;
  if (source === HostFaultKind.Major) return takeFromSwap(host, vm, real, frame);
  const content = memory.swapContent[real];
  host.content[frame] = content;
  assert(vm.blocks.isCopy(real, content), () => `block ${vm.blocks.blockOf(real)} of VM ${memory.vm} was overwritten`);
  recorder.record(PageReadByMapper, memory.vm, real, frame, vm.blocks.blockOf(real), content);
  vm.blocks.fetch(real);
}

/** What is kept of a page without a frame is not needed any more. */
export function forgetContent(host: HostRuntime, vm: VmRuntime, real: RealPage): void {
  const { memory } = vm;
  if (memory.isSwapped(real)) {
    const slot = memory.swapSlot[real];
    if (host.swapCache !== undefined && memory.isInSwapCache(real)) dropCached(host, host.swapCache, slot);
    host.recorder.record(SwapSlotFreed, memory.vm, real, slot);
    freeSlot(host, slot);
  } else if (memory.isCompressed(real)) freeCompressed(host, vm, real);
  else if (memory.kept[real] === Kept.OnGuestDisk) forgetBlock(host, vm, real);
}
