import { type Better, type Unit, UNITS } from "@ballast/core/metrics";
import { RELATIVE_FLOOR, VERDICTS, type Verdict } from "@ballast/statistics";
import type { ExperimentAnalysis, MetricAnalysis, VariantComparison, VariantSummary } from "../../experiments/analysis/index.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";

const VerdictEnum = builder.enumType("Verdict", {
  description: "What a comparison over seeds shows, all tests of the experiment corrected for their number.",
  values: enumValues(Object.entries(VERDICTS).map(([name, description]) => [name, name as Verdict, description] as const)),
});

const UnitEnum = builder.enumType("MetricUnit", {
  description: "What a metric is counted in.",
  values: enumValues(Object.entries(UNITS).map(([name, description]) => [name, name as Unit, description] as const)),
});

const BetterEnum = builder.enumType("BetterDirection", {
  description: "Which values of a metric are the better ones.",
  values: enumValues<NonNullable<Better>>([
    ["lower", "lower", "The lower ones."],
    ["higher", "higher", "The higher ones."],
  ]),
});

const SummaryRef = builder.objectRef<VariantSummary>("VariantSummary").implement({
  description: "One metric of one variant over the seeds.",
  fields: (t) => ({
    variant: t.exposeString("label", { description: "The variant's label." }),
    values: t.field({
      type: t.listRef("Float", { nullable: true }),
      description: "One for each seed, in their order; null where the run has none.",
      resolve: ({ values }) => [...values],
    }),
    n: t.exposeInt("n", { description: "How many seeds have a value." }),
    mean: t.exposeFloat("mean", { nullable: true, description: "Mean; null without a value." }),
    standardDeviation: t.exposeFloat("deviation", { nullable: true, description: "Over the seeds; null of fewer than two values." }),
    low: t.exposeFloat("low", {
      nullable: true,
      description: "Lower bound of the 95 % interval of the mean; null of fewer than two values.",
    }),
    high: t.exposeFloat("high", { nullable: true, description: "Upper bound of it." }),
  }),
});

const ComparisonRef = builder.objectRef<VariantComparison>("VariantComparison").implement({
  description:
    "One metric of one variant against the baseline, over the seeds under which both did the same work. All but `variant`, `n`, `missing`, " +
    "`verdict` and `sentence` can be null: without such a seed, or of a single one.",
  fields: (t) => ({
    variant: t.exposeString("label", { description: "The variant's label." }),
    n: t.exposeInt("pairs", { description: "How many seeds are compared." }),
    missing: t.exposeInt("missing", { description: "How many seeds are left out, because one of the two has no value or did other work." }),
    mean: t.exposeFloat("mean", { nullable: true, description: "Mean of the variant over the compared seeds." }),
    baselineMean: t.exposeFloat("baselineMean", { nullable: true, description: "Mean of the baseline over the same seeds." }),
    difference: t.float({
      nullable: true,
      description: "Mean of variant - baseline.",
      resolve: ({ difference }) => difference?.mean ?? null,
    }),
    low: t.float({
      nullable: true,
      description: "Lower bound of the 95 % interval of `difference`.",
      resolve: ({ difference }) => difference?.low ?? null,
    }),
    high: t.float({ nullable: true, description: "Upper bound of it.", resolve: ({ difference }) => difference?.high ?? null }),
    relative: t.float({
      nullable: true,
      description: "Geometric mean of variant / baseline, less 1: 0.1 is 10 % more. Null where a value is not positive.",
      resolve: ({ relative }) => relative?.value ?? null,
    }),
    relativeLow: t.float({
      nullable: true,
      description: "Lower bound of the 95 % interval of `relative`.",
      resolve: ({ relative }) => relative?.low ?? null,
    }),
    relativeHigh: t.float({ nullable: true, description: "Upper bound of it.", resolve: ({ relative }) => relative?.high ?? null }),
    adjustedP: t.exposeFloat("adjustedP", {
      nullable: true,
      description:
        "p value of the test that the verdict rests on, adjusted by Holm's method over all tests; null without a test: the difference is the same under every seed.",
    }),
    verdict: t.field({ type: VerdictEnum, description: "What it shows.", resolve: ({ verdict }) => verdict }),
    seedsNeeded: t.exposeInt("seedsNeeded", {
      nullable: true,
      description: "About how many seeds would tell, of UNDECIDED; null there if more than 1,000.",
    }),
    short: t.exposeString("short", { description: "The difference in words, such as `12 % lower`; empty where nothing can be compared." }),
    interval: t.exposeString("interval", {
      nullable: true,
      description: "The 95 % interval of `short` in words, such as `10 to 14 % lower`; null of fewer than two compared seeds.",
    }),
    sentence: t.exposeString("sentence", { description: "All of this in words." }),
  }),
});

const MetricAnalysisRef = builder.objectRef<MetricAnalysis>("MetricAnalysis").implement({
  description: "One metric over the seeds.",
  fields: (t) => ({
    metric: t.exposeString("name", { description: "The metric's name." }),
    title: t.exposeString("title", { description: "What tables call it." }),
    legend: t.exposeString("legend", { nullable: true, description: "A clause that explains it; null where the title says it all." }),
    unit: t.field({ type: UnitEnum, description: "What it is counted in.", resolve: ({ unit }) => unit }),
    better: t.field({
      type: BetterEnum,
      nullable: true,
      description: "Which values are the better ones; null: neither.",
      resolve: ({ better }) => better,
    }),
    baseline: t.exposeString("baseline", { description: "Label of the variant that the others are compared with." }),
    variants: t.field({ type: [SummaryRef], description: "Every compared variant.", resolve: ({ variants }) => [...variants] }),
    references: t.field({
      type: [SummaryRef],
      description: "The variants that stand beside them: without overcommitment, and bounds.",
      resolve: ({ references }) => [...references],
    }),
    comparisons: t.field({
      type: [ComparisonRef],
      description: "Every compared variant but the baseline.",
      resolve: ({ comparisons }) => [...comparisons],
    }),
  }),
});

export const ExperimentAnalysisRef = builder.objectRef<ExperimentAnalysis>("ExperimentAnalysis").implement({
  description: "What an experiment shows, and how sure it is; see docs/comparisons.md.",
  fields: (t) => ({
    conclusion: t.exposeString("conclusion", {
      description: "In one sentence: which variant is best on the primary metric, by how much and how surely; or what would tell.",
    }),
    primaryMetric: t.exposeString("primaryMetric", {
      nullable: true,
      description: "Name of the metric that the conclusion is about; null if no variant has a value, or while runs are not final.",
    }),
    relativeFloor: t.float({
      description: "A relative difference below this share of 1 does not matter: 0.01 is 1 %.",
      resolve: () => RELATIVE_FLOOR,
    }),
    metrics: t.field({
      type: [MetricAnalysisRef],
      description: "The metrics of the table of a comparison.",
      resolve: ({ metrics }) => [...metrics],
    }),
  }),
});
