import { CACHE_ALGORITHMS, type MissCounting } from "@ballast/core/replacement";
import type { CurveTrace } from "./curve-request.ts";

/** What one thread counts. */
export type ThreadWork = {
  readonly trace: CurveTrace;
  readonly countings: readonly MissCounting[];
  readonly seed: number;
  /** Pages to sample, and sizes to estimate, in this thread; null: another one does, or none. */
  readonly shards: { readonly rate: number; readonly frames: readonly number[] } | null;
};

export type ThreadResult = {
  readonly misses: readonly (readonly number[])[];
  readonly shards: { readonly missRatios: readonly number[]; readonly sampledPages: number } | null;
};

export type FromThread = { readonly kind: "blocks"; readonly blocks: number } | { readonly kind: "done"; readonly result: ThreadResult };

/** Processor time of one size, roughly, in that of CLOCK: bench/curves.ts. */
const COST_OF_SIZE = 1;
const COST_OF_LIST = 3;
const COST_OF_DISTANCES = 8;
const COST_OF_NEXT_USES = 4;
/** Sizes of LRU that one list counts. */
const LIST_SIZES = 50;

/** The countings of each thread: single sizes, dealt so that all threads have about as much to do. None is empty. */
export function divideWork(countings: readonly MissCounting[], threads: number): MissCounting[][] {
  const pieces = countings.flatMap(splitCounting).sort((left, right) => costOf(right) - costOf(left));
  const loads = Array.from({ length: Math.min(threads, pieces.length) }, () => ({ cost: 0, countings: [] as MissCounting[] }));
  for (const piece of pieces) {
    const least = loads.reduce((low, load) => (load.cost < low.cost ? load : low));
    least.countings.push(piece);
    least.cost += costOf(piece);
  }
  return loads.map((load) => load.countings);
}

function splitCounting({ choice, frames }: MissCounting): MissCounting[] {
  if (CACHE_ALGORITHMS[choice.name].hasOnePass) return [{ choice, frames }];
  return frames.map((count) => ({ choice, frames: [count] }));
}

function costOf({ choice, frames }: MissCounting): number {
  const { hasOnePass, looksAhead } = CACHE_ALGORITHMS[choice.name];
  if (hasOnePass) return frames.length > LIST_SIZES ? COST_OF_DISTANCES : COST_OF_LIST;
  return looksAhead ? COST_OF_NEXT_USES : COST_OF_SIZE;
}
