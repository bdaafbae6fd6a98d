import { halfWidthText, showColumn, showCount, showMean, type Unit } from "@ballast/core/quantities";
import { comparedVariants, type Experiment, type Variant } from "@ballast/server/experiment";
import type { ExperimentAnalysis, MetricAnalysis, VariantSummary } from "@ballast/server/experiment-analysis";
import type { RunMetrics } from "@ballast/server/runs";
import { fittingTable } from "../output/fitting-table.ts";
import type { Output } from "../output/output.ts";
import type { Column } from "../output/table.ts";

/** Shown in brackets behind a value, by the metric's name. */
const NOTES: Readonly<Record<string, (variant: Variant) => string>> = { workNs: completedOf, faults: boundOf };

/** A sweep may have as many as points. */
const MAX_REFERENCES = 8;

/**
 * A line for each variant, the compared ones first, in the order in which they were named, with the means over the seeds and the half-widths of their intervals;
 * on a narrow terminal a column for each.
 */
export function experimentTable(experiment: Experiment, { metrics }: ExperimentAnalysis, output: Output): string[] {
  const references = experiment.variants.filter(({ role }) => role !== "compared");
  const variants = [...comparedVariants(experiment), ...(references.length > MAX_REFERENCES ? [] : references)];
  const columns = metrics.map((metric, place): Column<number> => {
    const cells = cellsOf(metric, variants, output);
    const cell = (index: number): string => (place === 0 ? statusOf(variants[index]) : null) ?? cells[index] ?? "";
    return { title: metric.title, align: "right", cell };
  });
  const labels: Column<number> = { title: "variant", cell: (index) => labelOf(variants[index]) };
  return fittingTable([labels, ...columns], [...variants.keys()], output.width);
}

function cellsOf(metric: MetricAnalysis, variants: readonly Variant[], output: Output): string[] {
  const { name, unit } = metric;
  const summaries = [...metric.variants, ...metric.references].slice(0, variants.length);
  const known = summaries.flatMap(({ mean }) => mean ?? []);
  const texts = showColumn(known, showMean(unit));
  const textOf = new Map(known.map((mean, place) => [mean, texts[place]]));
  return summaries.map((summary, index) => {
    if (summary.mean === null) return "- ";
    const note = NOTES[name]?.(variants[index] as Variant) ?? "";
    const count = countOf(summary, variants[index] as Variant);
    const cell = `${textOf.get(summary.mean)}${halfWidth(summary, unit)}${count}${note === "" ? "" : ` (${note})`}`;
    // The blank keeps values without a mark in line with the others.
    return isMarked(summary.label, metric) ? `${output.paint(["bold", "green"], cell)}*` : `${cell} `;
  });
}

/** Better than the baseline by its verdict; the baseline, if by theirs all others that can be compared are worse. */
function isMarked(variant: string, { baseline, comparisons }: MetricAnalysis): boolean {
  if (variant !== baseline) return comparisons.some(({ label, verdict }) => label === variant && verdict === "better");
  const compared = comparisons.filter(({ verdict }) => verdict !== "incomparable");
  return compared.length > 0 && compared.every(({ verdict }) => verdict === "worse");
}

function halfWidth(summary: VariantSummary, unit: Unit): string {
  const text = halfWidthText(unit, summary);
  return text === null ? "" : ` ± ${text}`;
}

/** With the number of seeds that have a result, where these are not all. */
function labelOf(variant: Variant | undefined): string {
  if (variant === undefined) return "";
  const { label, cells } = variant;
  const n = resultsOf(variant).length;
  return n === 0 || n === cells.length ? label : `${label} (${n} of ${cells.length} seeds)`;
}

/** Of how many seeds the mean is, where it is of fewer than have a result. */
function countOf({ n }: VariantSummary, variant: Variant): string {
  return n === resultsOf(variant).length ? "" : ` (${n} seeds)`;
}

function resultsOf({ cells }: Variant): RunMetrics[] {
  return cells.flatMap(({ metrics }) => metrics ?? []);
}

/** Of a variant without a result, how its runs stand; null of others. */
function statusOf(variant: Variant | undefined): string | null {
  if (variant === undefined || resultsOf(variant).length > 0) return null;
  return `${[...new Set(variant.cells.map(({ run }) => run?.status ?? "deleted"))].join(", ")} `;
}

/** The mean of the bounds on faults; "-" where one is not known. */
function boundOf(variant: Variant): string {
  const bounds = resultsOf(variant).map(({ faultBound }) => faultBound?.minFaults ?? null);
  const known = bounds.filter((bound) => bound !== null);
  return known.length < bounds.length ? "-" : showCount(known.reduce((total, bound) => total + bound, 0) / known.length);
}

/** How many VMs the time is of, where that is not all of them. */
function completedOf(variant: Variant): string {
  const runs = resultsOf(variant);
  const counts = runs.flatMap(({ vmsCompleted }) => vmsCompleted ?? []);
  if (runs.every(({ vmsCompleted, vms }) => vmsCompleted === null || vmsCompleted === vms.length)) return "";
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return `${fewest === most ? fewest : `${fewest} to ${most}`} of ${runs[0]?.vms.length} VMs`;
}
