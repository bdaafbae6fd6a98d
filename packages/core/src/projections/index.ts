export { DecisionLog, type LoggedClamp, type LoggedDecision, type LoggedFigure } from "./decision-log.ts";
export { FigureFold, type FigureState } from "./figure-fold.ts";
export {
  Gauge,
  HOST_FIGURES,
  type HostFigure,
  HostPlace,
  VM_FIGURES,
  VM_GAUGES,
  type VmFigure,
  vmFigurePlace,
  type VmGauge,
} from "./figures.ts";
export { projectionLayout, type ProjectionChanges, type ProjectionState, RunProjections } from "./run-projections.ts";
export { type RunSummary, SummaryFold, type SummaryState, type VmSummary } from "./run-summary.ts";
export { type SeriesChanges, type SeriesPoint, type SeriesState, TimeSeries } from "./time-series.ts";
