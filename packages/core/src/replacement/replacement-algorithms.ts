import { arc } from "./algorithms/arc.ts";
import { clock } from "./algorithms/clock.ts";
import { fifo } from "./algorithms/fifo.ts";
import { lfu } from "./algorithms/lfu.ts";
import { lru } from "./algorithms/lru.ts";
import { opt } from "./algorithms/opt.ts";
import { random } from "./algorithms/random.ts";
import { s3Fifo } from "./algorithms/s3-fifo.ts";
import { sieve } from "./algorithms/sieve.ts";
import { twoList } from "./algorithms/two-list.ts";
import type { ReplacementAlgorithm } from "./simulated-cache.ts";

/** Every algorithm of one-level replacement, by the name that people give it: its file, and its line. */
export const CACHE_ALGORITHMS = {
  lru,
  fifo,
  clock,
  sieve,
  lfu,
  random,
  "two-list": twoList,
  opt,
  arc,
  "s3-fifo": s3Fifo,
} as const satisfies Readonly<Record<string, ReplacementAlgorithm>>;

export type CacheAlgorithmName = keyof typeof CACHE_ALGORITHMS;

export const CACHE_ALGORITHM_NAMES = Object.keys(CACHE_ALGORITHMS) as readonly CacheAlgorithmName[];

export function isCacheAlgorithm(name: string): name is CacheAlgorithmName {
  return Object.hasOwn(CACHE_ALGORITHMS, name);
}
