import type { RealPage, VmId } from "../../ids/index.ts";
import { COMPRESSED_BLOCK_BYTES } from "../compressed-block.ts";
import type { MachineTables } from "../machine-tables.ts";
import type { Handlers } from "./handlers.ts";

/** Frames of a compression cache are the hypervisor's. */
export const compressionHandlers = {
  PageCompressed: (machine, number, page, _frame, bytes, content) => {
    const vm = machine.vm(number);
    vm.compress(page, bytes / COMPRESSED_BLOCK_BYTES, content);
  },
  PageDecompressed: decompress,
  CompressedPageEvicted: decompress,
  CompressedPageFreed: decompress,
  CompressionCacheGrown: (machine, vm, frame) => {
    machine.vm(vm).cacheFramePages++;
    machine.frames.reserve(frame, frame + 1);
  },
  CompressionCacheShrunk: (machine, vm, frame) => {
    machine.vm(vm).cacheFramePages--;
    machine.frames.release(frame, frame + 1);
  },
} satisfies Handlers<"compression">;

function decompress(machine: MachineTables, vm: VmId, page: RealPage, bytes: number): void {
  machine.vm(vm).decompress(page, bytes / COMPRESSED_BLOCK_BYTES);
}
