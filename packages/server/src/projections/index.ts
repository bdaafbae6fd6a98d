export { projectRun } from "./project-run.ts";
export { ProjectionRunner, type ProjectionRunnerOptions } from "./projection-runner.ts";
export {
  type DecisionFigure,
  type DecisionQuery,
  type DecisionRow,
  readAllDecisions,
  readDecisions,
  readDecisionsOf,
} from "./read-decisions.ts";
export { DECISION, DECISION_FIGURE, PROJECTION_STATE, RUN_SUMMARY, SERIES_POINT } from "./read-model-parts.ts";
export { READ_MODELS } from "./read-model-damages.ts";
export { readAllSeries, readSeries, type SeriesMoment, type SeriesQuery, type SeriesValue } from "./read-series.ts";
export { readSummary } from "./read-summary.ts";
export { rebuildProjections } from "./rebuild-projections.ts";
export type { RebuildProgress } from "./stale-runs.ts";
