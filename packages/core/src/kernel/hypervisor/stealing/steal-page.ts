import { FrameLossCause, PageStolen, type VictimOrder } from "../../../events/index.ts";
import type { RealPage } from "../../../ids/index.ts";
import type { StealPlace } from "../../../policy/index.ts";
import { fitCache, putCompressed, roomForCompressed } from "../compression/compress-page.ts";
import { leaveOnDisk } from "../disk-mapper/leave-on-disk.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { writeToSwap } from "../host-swap/write-to-swap.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { shareInstead } from "../sharing/share-instead.ts";
import { unmapFrame } from "../unmap-frame.ts";

/**
 * Takes the frame of a resident page without the guest's help. Content is kept in the host's swap; a page of zeros
 * needs no keeping, one that the disk mapper knows on the guest's disk stays there, and one that compresses well stays in
 * memory if it may. Returns false, and nothing is taken, if the swap is full.
 */
export function stealPage(host: HostRuntime, vm: VmRuntime, page: RealPage, order: VictimOrder, into: StealPlace): boolean {
  if (shareInstead(host, vm, page)) return true;
  const { recorder } = host;
  const { memory } = vm;
  const frame = memory.physicalPage(page);
  const content = host.content[frame];
  const isLeft = host.hasDiskMapper && vm.blocks.canLeave(page, content);
  const needsKeeping = content !== 0 && !isLeft;
  if (into === "compression" && needsKeeping && stealIntoCache(host, vm, page, order, content)) return true;
  if (needsKeeping && host.freeSwapSlots.free === 0) return false;
  recorder.record(PageStolen, memory.vm, page, frame, order);
  if (isLeft) leaveOnDisk(host, vm, page);
  else if (needsKeeping) writeToSwap(host, vm, page, frame, content);
  unmapFrame(host, vm, page, FrameLossCause.Steal);
  return true;
}

/** A shared frame stays where it is, so that the cache could not grow in its place: such a page is swapped out. */
function stealIntoCache(host: HostRuntime, vm: VmRuntime, page: RealPage, order: VictimOrder, content: number): boolean {
  const frame = vm.memory.physicalPage(page);
  const bytes = host.machine.frames.isShared(frame) ? 0 : roomForCompressed(host, vm, page, content);
  if (bytes === 0) return false;
  host.recorder.record(PageStolen, vm.memory.vm, page, frame, order);
  putCompressed(host, vm, page, bytes, content);
  unmapFrame(host, vm, page, FrameLossCause.Steal);
  fitCache(host, vm);
  return true;
}
