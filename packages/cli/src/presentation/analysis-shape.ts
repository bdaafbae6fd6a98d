import type { ExperimentAnalysis, MetricAnalysis, VariantComparison, VariantSummary } from "@ballast/server/experiment-analysis";

/** An analysis as `--json` shows it; part of what docs/cli.md promises. Bounds are those of 95 % intervals. */
export function analysisShape({ conclusion, primaryMetric, baseline, metrics }: ExperimentAnalysis): Record<string, unknown> {
  return { conclusion, primaryMetric, baseline, metrics: metrics.map(metricShape) };
}

function metricShape({ name, title, unit, better, variants, comparisons }: MetricAnalysis): Record<string, unknown> {
  return { metric: name, title, unit, better, variants: variants.map(summaryShape), comparisons: comparisons.map(comparisonShape) };
}

function summaryShape({ label, n, missing, mean, deviation, low, high, values }: VariantSummary): Record<string, unknown> {
  return { variant: label, n, missing, mean, standardDeviation: deviation, low, high, values };
}

function comparisonShape(comparison: VariantComparison): Record<string, unknown> {
  const { label, pairs, missing, mean, baselineMean, difference, relative, effect, adjustedP, verdict, seedsNeeded, sentence } = comparison;
  return {
    variant: label,
    n: pairs,
    missing,
    mean,
    baselineMean,
    difference: boundsOf(difference),
    relative,
    method: effect?.method ?? null,
    p: effect?.p ?? null,
    adjustedP,
    verdict,
    seedsNeeded,
    sentence,
  };
}

function boundsOf(estimate: VariantComparison["difference"]): Record<string, unknown> | null {
  return estimate === null ? null : { value: estimate.mean, low: estimate.low, high: estimate.high };
}
