import type { Unit } from "@ballast/core/metrics";
import type { Cell, Experiment } from "@ballast/server/experiment";
import type { ExperimentAnalysis, MetricAnalysis } from "@ballast/server/experiment-analysis";
import { intervalText } from "@ballast/statistics";
import { TONES, VERDICT_WORDS } from "@ballast/statistics/words";
import { SHOWN_BY_UNIT } from "@ballast/core/quantities";
import type { MetricComparison, ReportMetric } from "../report.ts";

/** The metrics of a comparison, of all variants, with the verdicts on those that were compared. */
export function reportedMetrics(experiment: Experiment, { metrics }: Pick<ExperimentAnalysis, "metrics">): ReportMetric[] {
  return metrics.map((metric) => {
    const values = experiment.variants.map(({ cells }) => cells.map((cell) => valueIn(cell, metric.name)));
    return {
      title: metric.title,
      description: metric.legend ?? "",
      better: metric.better,
      unit: metric.unit,
      axis: axisOf(metric.unit, values.flat()),
      values,
      comparisons: experiment.variants.map(({ label }) => comparisonOf(metric, label)),
    };
  });
}

/** Of reference runs, too, which the analysis leaves out. */
export function valueIn({ metrics, relative }: Cell, name: string): number | null {
  const value =
    (relative as Readonly<Record<string, unknown>> | null)?.[name] ?? (metrics as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof value === "number" ? value : null;
}

function comparisonOf({ comparisons, unit }: MetricAnalysis, label: string): MetricComparison | null {
  const found = comparisons.find((each) => each.label === label);
  if (found === undefined) return null;
  return {
    tone: TONES[found.verdict],
    verdict: VERDICT_WORDS[found.verdict],
    difference: found.short,
    interval: found.verdict === "equal" ? null : intervalText(found, (amount) => SHOWN_BY_UNIT[unit](amount)),
    relative: found.relative,
  };
}

type Axis = ReportMetric["axis"];

const SCALED: Readonly<Partial<Record<Unit, readonly Axis[]>>> = {
  ns: [
    { unit: "s", divisor: 1e9 },
    { unit: "ms", divisor: 1e6 },
    { unit: "us", divisor: 1e3 },
  ],
  bytes: [
    { unit: "GB", divisor: 1e9 },
    { unit: "MB", divisor: 1e6 },
  ],
};

export function axisOf(unit: Unit, values: readonly (number | null)[]): Axis {
  const most = Math.max(0, ...values.filter((value) => value !== null).map(Math.abs));
  const scaled = SCALED[unit]?.find(({ divisor }) => most >= divisor);
  return scaled ?? { unit: unit === "ns" ? "ns" : unit === "perSecond" ? "per s" : "", divisor: 1 };
}
