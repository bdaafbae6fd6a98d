import { assert } from "../../../assert/index.ts";
import {
  CompressedPageEvicted,
  CompressedPageFreed,
  CompressionCacheGrown,
  CompressionCacheShrunk,
  PageCompressed,
  PageDecompressed,
} from "../../../events/index.ts";
import { NO_PAGE, type PhysicalPage, type RealPage } from "../../../ids/index.ts";
import { COMPRESSED_BLOCK_BYTES } from "../../../memory/index.ts";
import { PAGE_BYTES } from "../../../units/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { writeToSwap } from "../host-swap/write-to-swap.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { compressedBytes } from "./compressed-size.ts";

/**
 * Bytes that a page would take in its VM's compression cache; 0 if it stays out of it: it compresses too badly, or there
 * is no room and no swap slot for the page that would have to leave.
 */
export function roomForCompressed(host: HostRuntime, vm: VmRuntime, page: RealPage, content: number): number {
  const { maxBytes } = host.scenario.host.compression;
  const bytes = compressedBytes(content, meanFraction(host, vm, page));
  if (bytes > maxBytes) return 0;
  const max = maxBlocks(host, vm);
  const needed = bytes / COMPRESSED_BLOCK_BYTES;
  if (needed > max) return 0;
  while (vm.memory.compressedBlocksUsed + needed > max) if (!evictOldest(host, vm)) return 0;
  return bytes;
}

/** Puts a page into the cache; its frame is taken away afterwards by the caller, who then lets the cache grow. */
export function putCompressed(host: HostRuntime, vm: VmRuntime, page: RealPage, bytes: number, content: number): void {
  const frame = vm.memory.physicalPage(page);
  host.recorder.record(PageCompressed, vm.memory.vm, page, frame, bytes, content);
  vm.compression.order.append(page);
}

/** Takes a page out of the cache for a touch, and returns what it holds. */
export function takeDecompressed(host: HostRuntime, vm: VmRuntime, page: RealPage): number {
  const content = vm.memory.swapContent[page];
  host.recorder.record(PageDecompressed, vm.memory.vm, page, leave(vm, page), content);
  fitCache(host, vm);
  return content;
}

/** The VM gave a compressed page up, or ended. */
export function freeCompressed(host: HostRuntime, vm: VmRuntime, page: RealPage): void {
  host.recorder.record(CompressedPageFreed, vm.memory.vm, page, leave(vm, page));
  fitCache(host, vm);
}

/** Gives frames back that the cache does not fill any more, or takes those that it lacks. */
export function fitCache(host: HostRuntime, vm: VmRuntime): void {
  const { compression, memory } = vm;
  while (compression.frames.length > compression.neededFrames) {
    const frame = compression.frames.pop() as PhysicalPage;
    host.recorder.record(CompressionCacheShrunk, memory.vm, frame);
    host.giveBackFrame(frame);
  }
  while (compression.frames.length < compression.neededFrames) {
    const frame = host.freeFrames.take() as PhysicalPage;
    host.recorder.record(CompressionCacheGrown, memory.vm, frame);
    compression.frames.push(frame);
  }
  const { cacheFramePages } = memory;
  assert(
    compression.frames.length === cacheFramePages,
    () => `the cache of VM ${memory.vm} has ${cacheFramePages} frames, not ${compression.frames.length}`,
  );
}

/** False, and nothing is changed, if the swap is full. */
function evictOldest(host: HostRuntime, vm: VmRuntime): boolean {
  const page = vm.compression.order.first as RealPage;
  if (page === NO_PAGE || host.freeSwapSlots.free === 0) return false;
  const content = vm.memory.swapContent[page];
  host.recorder.record(CompressedPageEvicted, vm.memory.vm, page, leave(vm, page), content);
  writeToSwap(host, vm, page, NO_PAGE, content);
  fitCache(host, vm);
  return true;
}

/** Takes a page out of the order of the cache; returns the bytes that it takes there. */
function leave({ compression, memory }: VmRuntime, page: RealPage): number {
  compression.order.remove(page);
  return memory.compressedBlocks[page] * COMPRESSED_BLOCK_BYTES;
}

/** What pages of its user compress to on average; what no process uses, as the default of processes. */
function meanFraction(host: HostRuntime, vm: VmRuntime, page: RealPage): number {
  const spec = vm.spec.processes[vm.memory.userProcess[page] - 1];
  return spec?.compressedFraction ?? host.scenario.host.compression.otherFraction;
}

function maxBlocks(host: HostRuntime, { memory }: VmRuntime): number {
  const { cacheFraction } = host.scenario.host.compression;
  return Math.floor(cacheFraction * memory.configuredPages) * (PAGE_BYTES / COMPRESSED_BLOCK_BYTES);
}
