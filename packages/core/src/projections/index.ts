/** @internal Part of Ballast itself: changes without notice. */
export { type CauseFound, CauseSearch, type EventAt, type TextOf } from "./causes/index.ts";
export { DecisionLog, type LoggedClamp, type LoggedDecision, type LoggedFigure } from "./decision-log.ts";
export { MetricFold, type MetricState } from "./metric-fold.ts";
export { RunObserver, type SavedObserver } from "./observation/run-observer.ts";
export { projectionLayout, type ProjectionChanges, type ProjectionState, RunProjections } from "./run-projections.ts";
export { type RunSummary, SummaryFold, type SummaryState, type VmSummary } from "./run-summary.ts";
export { type SeriesChanges, type SeriesPoint, type SeriesState, TimeSeries } from "./time-series.ts";
