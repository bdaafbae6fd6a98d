import { EventCode } from "../events/index.ts";
import { Gauge, HostPlace } from "./figures.ts";

/** Folds an event of what the hypervisor keeps elsewhere than in frames and swap; false if it is none. */
export function foldKept(figures: Float64Array, host: Float64Array, code: number): boolean {
  switch (code) {
    case EventCode.PageUnmappedByMapper:
      figures[Gauge.diskKeptPages]++;
      return true;
    case EventCode.PageReadByMapper:
    case EventCode.MappedBlockForgotten:
      figures[Gauge.diskKeptPages]--;
      return true;
    case EventCode.SwapPageReadAhead:
    case EventCode.SwapCacheHit:
    case EventCode.SwapCachePageDropped: {
      const added = code === EventCode.SwapPageReadAhead ? 1 : -1;
      figures[Gauge.swapCachePages] += added;
      host[HostPlace.overheadPages] += added;
      host[HostPlace.freePages] -= added;
      return true;
    }
    case EventCode.PageCompressed:
      figures[Gauge.compressedPages]++;
      return true;
    case EventCode.PageDecompressed:
    case EventCode.CompressedPageEvicted:
    case EventCode.CompressedPageFreed:
      figures[Gauge.compressedPages]--;
      return true;
    case EventCode.CompressionCacheGrown:
    case EventCode.CompressionCacheShrunk: {
      const grown = code === EventCode.CompressionCacheGrown ? 1 : -1;
      figures[Gauge.cacheFramePages] += grown;
      host[HostPlace.overheadPages] += grown;
      host[HostPlace.freePages] -= grown;
      return true;
    }
    default:
      return false;
  }
}
