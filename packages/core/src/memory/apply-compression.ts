import { EventCode } from "../events/index.ts";
import type { PhysicalPage, RealPage } from "../ids/index.ts";
import { COMPRESSED_BLOCK_BYTES } from "./compressed-block.ts";
import { Counter } from "./counters.ts";
import type { MachineTables } from "./machine-tables.ts";
import type { VmTables } from "./vm-tables.ts";

type CompressionCode =
  | typeof EventCode.PageCompressed
  | typeof EventCode.PageDecompressed
  | typeof EventCode.CompressedPageEvicted
  | typeof EventCode.CompressedPageFreed
  | typeof EventCode.CompressionCacheGrown
  | typeof EventCode.CompressionCacheShrunk;

/** What the events of a VM's compression cache do to the tables. */
export function applyToCompression(
  { frames }: MachineTables,
  vm: VmTables,
  code: CompressionCode,
  a: number,
  bytes: number,
  content: number,
): void {
  switch (code) {
    case EventCode.PageCompressed:
      vm.counters[Counter.pagesCompressed]++;
      return vm.compress(a as RealPage, bytes / COMPRESSED_BLOCK_BYTES, content);
    case EventCode.PageDecompressed:
      vm.counters[Counter.pagesDecompressed]++;
      return vm.decompress(a as RealPage);
    case EventCode.CompressedPageEvicted:
      vm.counters[Counter.compressedPagesEvicted]++;
      return vm.decompress(a as RealPage);
    case EventCode.CompressedPageFreed:
      return vm.decompress(a as RealPage);
    case EventCode.CompressionCacheGrown:
      vm.cacheFramePages++;
      return frames.reserve(a as PhysicalPage, a + 1);
    case EventCode.CompressionCacheShrunk:
      vm.cacheFramePages--;
      return frames.release(a as PhysicalPage, a + 1);
  }
}
