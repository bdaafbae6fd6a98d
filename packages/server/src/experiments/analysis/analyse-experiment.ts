import { assert } from "@ballast/core/assert";
import { differenceText, judge, type Judgement, sentenceOf, summarize } from "@ballast/statistics";
import { comparedVariants, type Experiment, type Variant } from "../experiment.ts";
import { AMOUNTS } from "./amounts.ts";
import { ANALYSED_METRICS, type AnalysedMetric } from "./analysed-metrics.ts";
import type { ExperimentAnalysis, MetricAnalysis, VariantComparison, VariantSummary } from "./analysis.ts";
import { concludeExperiment } from "./conclusion.ts";
import { hasValues, testOf, valuesOf } from "./metric-values.ts";

/** Compares each variant with the baseline, by each metric of which one has a value; all of these tests are one family. */
export function analyseExperiment(experiment: Experiment): ExperimentAnalysis {
  const compared = comparedVariants(experiment);
  const baseline = compared.find((variant) => variant === experiment.variants[experiment.baseline]);
  assert(
    baseline !== undefined,
    () => `the baseline ${experiment.baseline} of experiment ${experiment.id} is none of its compared variants`,
  );
  const others = compared.filter((variant) => variant !== baseline);
  const known = ANALYSED_METRICS.filter((metric) => compared.some((variant) => hasValues(metric, variant)));
  const judgements = judge(known.flatMap((metric) => others.map((other) => testOf(metric, baseline, other))));
  const metrics = known.map((metric, row): MetricAnalysis => {
    const { name, unit, better } = metric;
    const { title, legend = null } = metric.column;
    const comparisons = others.map((other, place) => {
      const judgement = judgements[row * others.length + place] as Judgement;
      return comparisonOf(metric, { baseline, other, judgement });
    });
    const variants = compared.map((variant) => summaryOf(metric, variant));
    return { name, title, legend, unit, better, baseline: baseline.label, variants, comparisons };
  });
  return { ...concludeExperiment(experiment, compared), baseline: baseline.label, metrics };
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
  return { label, ...judgement, short: differenceText(judgement, show), sentence };
}
