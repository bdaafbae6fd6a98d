import type { Better, Unit } from "@ballast/core/metrics";
import type { Judgement, Summary } from "@ballast/statistics";

/** What an experiment shows, and how sure it is. */
export type ExperimentAnalysis = {
  /** In one sentence: which variant is best on `primaryMetric`, by how much and how surely; or what would tell. */
  readonly conclusion: string;
  /** The metric that the conclusion is about; null if no two variants have values of one. */
  readonly primaryMetric: string | null;
  /** Label of the variant that the others are compared with. */
  readonly baseline: string;
  /** Those of which a variant has a value, in the order of the table of a comparison. */
  readonly metrics: readonly MetricAnalysis[];
};

export type MetricAnalysis = {
  readonly name: string;
  /** What tables call it, and a clause that explains it; null where the title says it all. */
  readonly title: string;
  readonly legend: string | null;
  readonly unit: Unit;
  readonly better: Better;
  /** Label of the variant that the others are compared with. */
  readonly baseline: string;
  /** Every compared variant, in its order. */
  readonly variants: readonly VariantSummary[];
  /** The variants that stand beside them: without overcommitment, and bounds. */
  readonly references: readonly VariantSummary[];
  /** Every compared variant but the baseline. */
  readonly comparisons: readonly VariantComparison[];
};

/** One variant over the seeds. */
export type VariantSummary = Summary & {
  readonly label: string;
  /** One for each seed, in their order; null where the run has none. */
  readonly values: readonly (number | null)[];
};

/** One variant against the baseline, under the seeds with which both did the same work. */
export type VariantComparison = Judgement & {
  readonly label: string;
  /** "12 % lower"; empty where nothing can be compared. */
  readonly short: string;
  /** Of the same, at 95 %: "10 to 14 % lower"; null of fewer than two pairs. */
  readonly interval: string | null;
  readonly sentence: string;
};
