/** @internal Part of Ballast itself: changes without notice. */
export {
  type HostMetricName,
  METRIC_FAMILIES,
  METRICS,
  type OldResultCounterName,
  type ResultCounterName,
  type VmCounterName,
  type VmGaugeName,
  type VmMetricName,
} from "./catalogue.ts";
export { type Program, runEffects } from "./compile.ts";
export { type Effect, Input, INPUT_COUNT, type Test } from "./effect.ts";
export { type Better, type ComparisonColumn, type Metric, type Unit, UNITS } from "./metric.ts";
export { MetricSet } from "./metric-set.ts";
export { knownOrNull, NOT_RECORDED, valuesFrom } from "./not-recorded.ts";
export type { RunOutcome, VmOutcome } from "./derived/outcome.ts";
export type { BalloonObservations, RefaultObservations, RunObservations, VmObservations } from "./observations.ts";
export { EXACT_VALUES, QuantileSketch, RELATIVE_ERROR, type SavedSketch } from "./quantile-sketch.ts";
export {
  type ComparableRun,
  type ComparableVm,
  type NoSlowdown,
  RELATIVE_RESULTS,
  type RelativeResultName,
  relativeResults,
  type RelativeResults,
  slowdownPercentile,
  type VmSlowdown,
} from "./relative-results.ts";
export {
  COMPARISON_COLUMNS,
  type ResultDescription,
  RUN_ONLY_RESULTS,
  runResults,
  type RunResultName,
  type RunResults,
  VM_RESULTS,
  type VmResultName,
  vmResults,
  type VmResults,
} from "./results.ts";
