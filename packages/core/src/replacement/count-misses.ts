import { DistanceHistogram, StackDistances } from "../reuse/index.ts";
import type { ReferenceBlocks } from "./reference-blocks.ts";
import { type AlgorithmChoice, createCache } from "./algorithm-choice.ts";
import { LruSizes } from "./lru-sizes.ts";
import { nextUsesOf } from "./next-uses.ts";
import { CACHE_ALGORITHMS } from "./replacement-algorithms.ts";
import type { SimulatedCache } from "./simulated-cache.ts";

/** One algorithm, and the numbers of frames to count its misses with: each at least 1. */
export type MissCounting = { readonly choice: AlgorithmChoice; readonly frames: readonly number[] };

export type CountingOptions = {
  /** Of algorithms with random choices. */
  readonly seed: number;
  /** Called after each block. */
  readonly onBlock?: () => void;
};

/** Looks at references as `SimulatedCache` does. */
type Counter = { access(pages: Uint32Array, count: number): void; readonly misses: readonly number[] };

/** Up to this many sizes one list for all of them is faster than reuse distances. */
const MAX_SIZES = 50;

/** The misses of each counting, in the order of its frames. All frames are for the pages of the references. */
export function countMisses(source: ReferenceBlocks, countings: readonly MissCounting[], options: CountingOptions): number[][] {
  const looksAhead = countings.some(({ choice }) => CACHE_ALGORITHMS[choice.name].looksAhead);
  const nextUses = looksAhead ? nextUsesOf(source) : new Int32Array(0);
  const counters = countings.map((counting) => countersOf(counting, source.pageCount, options.seed, nextUses));
  for (let index = 0; index < source.blockCount; index++) {
    const { pages, length } = source.block(index);
    for (const of of counters) for (const counter of of) counter.access(pages, length);
    options.onBlock?.();
  }
  return counters.map((of) => of.flatMap(({ misses }) => misses));
}

function countersOf({ choice, frames }: MissCounting, pageCount: number, seed: number, nextUses: Int32Array): Counter[] {
  if (choice.name === "lru") return [lruCounter(frames, pageCount)];
  // More frames than pages are never used.
  return frames.map((count) => counterOf(createCache(choice, { frames: Math.min(count, pageCount), pageCount, seed, nextUses })));
}

function counterOf(cache: SimulatedCache): Counter {
  return {
    access: (pages, count) => cache.access(pages, count),
    get misses() {
      return [cache.misses];
    },
  };
}

function lruCounter(frames: readonly number[], pageCount: number): Counter {
  const ascending = [...new Set(frames.map((count) => Math.min(count, pageCount)))].sort((left, right) => left - right);
  if (ascending.length > MAX_SIZES) return distanceCounter(frames);
  const sizes = new LruSizes(ascending, pageCount);
  return {
    access: (pages, count) => sizes.access(pages, count),
    get misses() {
      const { misses } = sizes;
      return frames.map((count) => misses[ascending.indexOf(Math.min(count, pageCount))]);
    },
  };
}

/** Exact LRU of any number of sizes. */
function distanceCounter(frames: readonly number[]): Counter {
  const distances = new StackDistances();
  const histogram = new DistanceHistogram();
  return {
    access(pages, count) {
      for (let at = 0; at < count; at++) histogram.add(distances.touch(pages[at]));
    },
    get misses() {
      return histogram.misses(frames);
    },
  };
}
