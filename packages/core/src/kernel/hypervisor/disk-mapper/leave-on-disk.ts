import { MappedBlockForgotten, PageUnmappedByMapper, SilentSwapWrite } from "../../../events/index.ts";
import type { RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/**
 * As VSwapper's mapper does (N. Amit, D. Tsafrir, A. Schuster, ASPLOS 2014, section 4.1): a page that is an unmodified copy
 * of a block of its guest's disk need not be kept again. Its frame is still to be taken.
 */
export function leaveOnDisk(host: HostRuntime, vm: VmRuntime, page: RealPage): void {
  const { memory, blocks } = vm;
  const frame = memory.physicalPage(page);
  const block = blocks.blockOf(page);
  host.recorder.record(PageUnmappedByMapper, memory.vm, page, frame, block, host.content[frame]);
  blocks.leave(page);
}

/** Says so if what was just written to the swap only repeats the page's block, which the guest is not about to change. */
export function noteSilentWrite(host: HostRuntime, vm: VmRuntime, page: RealPage, content: number): void {
  const { memory, blocks } = vm;
  if (!blocks.canLeave(page, content)) return;
  host.recorder.record(SilentSwapWrite, memory.vm, page, blocks.blockOf(page), content);
}

/** A page left on the guest's disk is not needed any more. */
export function forgetBlock(host: HostRuntime, vm: VmRuntime, page: RealPage): void {
  const { memory, blocks } = vm;
  host.recorder.record(MappedBlockForgotten, memory.vm, page, blocks.blockOf(page));
  blocks.fetch(page);
  blocks.unlink(page);
}
