/** @internal Part of Ballast itself: changes without notice. */
export { DistanceHistogram } from "./distance-histogram.ts";
export { ExactCurve, exactMissRatioCurve } from "./exact-curve.ts";
export { DistanceCounts, type MissRatioCurve } from "./miss-ratio-curve.ts";
export { ShardsCurve, type ShardsOptions, type ShardsState } from "./shards-curve.ts";
export { FIRST_TOUCH, StackDistances } from "./stack-distances.ts";
export { NEVER_AGAIN } from "./never-again.ts";
