import type { Sample, Test } from "@ballast/statistics";
import type { Variant } from "../experiment.ts";
import { type AnalysedMetric, COMPARED_BY_UNIT } from "./analysed-metrics.ts";
import { didSameWork } from "./same-work.ts";

/** A value for each seed, in their order. */
export function valuesOf(metric: AnalysedMetric, { cells }: Variant): (number | null)[] {
  return cells.map((cell) => metric.valueOf(cell));
}

export function hasValues(metric: AnalysedMetric, variant: Variant): boolean {
  return valuesOf(metric, variant).some((value) => value !== null);
}

/** The test of one metric. Seeds under which the two did other work have no value in it. */
export function testOf(metric: AnalysedMetric, baseline: Variant, other: Variant): Test {
  const isComparable = baseline.cells.map(({ metrics }, seed) => {
    const beside = other.cells[seed]?.metrics ?? null;
    if (metrics === null || beside === null) return false;
    if (metric.column.isOfEqualWork === true && metrics.accesses !== beside.accesses) return false;
    return metric.isOfAnyWork || didSameWork(metrics, beside);
  });
  const comparable = (values: Sample): Sample => values.map((value, seed) => (isComparable[seed] === true ? value : null));
  return {
    where: `${metric.column.title} of ${other.label}`,
    baseline: comparable(valuesOf(metric, baseline)),
    variant: comparable(valuesOf(metric, other)),
    better: metric.better,
    ...COMPARED_BY_UNIT[metric.unit],
  };
}
