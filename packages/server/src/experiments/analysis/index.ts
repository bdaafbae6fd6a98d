export { analyseExperiment } from "./analyse-experiment.ts";
export type { ExperimentAnalysis, MetricAnalysis, VariantComparison, VariantSummary } from "./analysis.ts";
