/** @internal Part of Ballast itself: changes without notice. */
export { type AlgorithmChoice, createCache, parseAlgorithmChoice, parseAlgorithmChoices } from "./algorithm-choice.ts";
export { inactiveRatio } from "./algorithms/two-list.ts";
export { countMisses, type CountingOptions, type MissCounting } from "./count-misses.ts";
export { minMisses } from "./min-misses.ts";
export { CACHE_ALGORITHM_NAMES, CACHE_ALGORITHMS, type CacheAlgorithmName } from "./replacement-algorithms.ts";
export type { CacheOptions, ReplacementAlgorithm, SimulatedCache } from "./simulated-cache.ts";
export type { ReferenceBlocks } from "./reference-blocks.ts";
