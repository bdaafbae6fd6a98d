/** @internal Part of Ballast itself: changes without notice. */
export { type AlgorithmChoice, createCache, parseAlgorithmChoice, parseAlgorithmChoices } from "./algorithm-choice.ts";
export { LfuOrder } from "./algorithms/lfu.ts";
export { TimeSet } from "./algorithms/opt.ts";
export { RANDOM_STREAM, RandomOrder } from "./algorithms/random.ts";
export { SieveOrder } from "./algorithms/sieve.ts";
export { inactiveRatio } from "./algorithms/two-list.ts";
export { countMisses, type CountingOptions, type MissCounting } from "./count-misses.ts";
export { chosenFrames, type FrameSizes, framesOf, parseFrameSizes } from "./frame-sizes.ts";
export { nextUsesOf } from "./next-uses.ts";
export { minMisses } from "./min-misses.ts";
export { CACHE_ALGORITHM_NAMES, CACHE_ALGORITHMS, type CacheAlgorithmName } from "./replacement-algorithms.ts";
export type { CacheOptions, ReplacementAlgorithm, SimulatedCache } from "./simulated-cache.ts";
export { type GridStep, type ReferenceGrid, referenceGrid } from "./reference-grid.ts";
export type { ReferenceBlocks } from "./reference-blocks.ts";
export type { VictimOrder, VictimOrderState } from "./victim-order.ts";
