import { assert } from "@ballast/core/assert";
import { differenceText, intervalText, judge, type Judgement, sentenceOf, summarize, type Test } from "@ballast/statistics";
import { comparedVariants, type Experiment, type Variant } from "../experiment.ts";
import { AMOUNTS } from "./amounts.ts";
import { ANALYSED_METRICS, type AnalysedMetric, PRIMARY_SHARE } from "./analysed-metrics.ts";
import type { ExperimentAnalysis, MetricAnalysis, VariantComparison, VariantSummary } from "./analysis.ts";
import { concludeExperiment } from "./conclusion.ts";
import { hasValues, testOf, valuesOf } from "./metric-values.ts";

/**
 * Compares each variant with the baseline, by each metric of which one has a value. The tests of the primary metric are one family, those
 * of all others another: what an experiment is made to tell does not depend on how many columns stand beside it.
 */
export function analyseExperiment(experiment: Experiment): ExperimentAnalysis {
  const compared = comparedVariants(experiment);
  const baseline = compared.find((variant) => variant === experiment.variants[experiment.baseline]);
  assert(
    baseline !== undefined,
    () => `the baseline ${experiment.baseline} of experiment ${experiment.id} is none of its compared variants`,
  );
  const besides = experiment.variants.filter(({ role }) => role !== "compared");
  const others = compared.filter((variant) => variant !== baseline);
  const known = ANALYSED_METRICS.filter((metric) => compared.some((variant) => hasValues(metric, variant)));
  const concluded = concludeExperiment(experiment, compared);
  const judgements = judgeAll(known, concluded.primaryMetric, (metric) => others.map((other) => testOf(metric, baseline, other)));
  const metrics = known.map((metric): MetricAnalysis => {
    const { name, unit, better } = metric;
    const { title, legend = null } = metric.column;
    const comparisons = others.map((other, place) => {
      const judgement = judgements.get(metric)![place] as Judgement;
      return comparisonOf(metric, { baseline, other, judgement });
    });
    const variants = compared.map((variant) => summaryOf(metric, variant));
    const references = besides.map((variant) => summaryOf(metric, variant));
    return { name, title, legend, unit, better, baseline: baseline.label, variants, references, comparisons };
  });
  return { ...concluded, baseline: baseline.label, metrics };
}

function judgeAll(
  metrics: readonly AnalysedMetric[],
  primary: string | null,
  testsOf: (metric: AnalysedMetric) => Test[],
): Map<AnalysedMetric, Judgement[]> {
  const families = [metrics.filter(({ name }) => name === primary), metrics.filter(({ name }) => name !== primary)];
  const judged = new Map<AnalysedMetric, Judgement[]>();
  for (const [index, family] of families.entries()) {
    const tests = family.map(testsOf);
    const share = primary === null ? 1 : index === 0 ? PRIMARY_SHARE : 1 - PRIMARY_SHARE;
    const judgements = judge(tests.flat(), { share });
    for (const [row, metric] of family.entries()) judged.set(metric, judgements.splice(0, tests[row]!.length));
  }
  return judged;
}

function summaryOf(metric: AnalysedMetric, variant: Variant): VariantSummary {
  const values = valuesOf(metric, variant);
  const { label } = variant;
  return { label, values, ...summarize(values, `${metric.column.title} of ${label}`) };
}

type Compared = { readonly baseline: Variant; readonly other: Variant; readonly judgement: Judgement };

function comparisonOf(metric: AnalysedMetric, { baseline, other, judgement }: Compared): VariantComparison {
  const { label } = other;
  const show = AMOUNTS[metric.unit];
  const sentence = sentenceOf(judgement, {
    metric: metric.column.title,
    variant: label,
    baseline: baseline.label,
    show,
    whereLeftOut: "where a run has no value, or killed VMs that the other kept",
  });
  return { label, ...judgement, short: differenceText(judgement, show), interval: intervalText(judgement, show), sentence };
}
