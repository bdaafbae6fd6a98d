import { COMPARISON_COLUMNS, type RunResultName } from "@ballast/core/metrics";
import { comparedVariants, type Experiment } from "@ballast/server/experiment";
import type { Run, RunMetrics } from "@ballast/server/runs";
import type { Output } from "../output/output.ts";
import { showColumn, showCount } from "../output/quantities.ts";
import { type Column, formatTable } from "../output/table.ts";
import { SHOWN_BY_UNIT } from "./metric-units.ts";

/** Shown in brackets behind a value. */
const NOTES: Readonly<Partial<Record<RunResultName, (metrics: RunMetrics) => string>>> = { workNs: completedOf, faults: boundOf };

type ComparisonColumn = (typeof COMPARISON_COLUMNS)[number];

/** What a reader of the table has to know: the legends of its columns. */
export const HOW_TO_READ = [
  "A * marks the best of those that did the same work.",
  ...COMPARISON_COLUMNS.flatMap(({ column: { title, legend } }) => (legend === undefined ? [] : [`${capitalised(title)}: ${legend}.`])),
].join(" ");

/** One row of the table: a variant under one seed. */
type ComparisonEntry = { readonly label: string; readonly run: Run | null; readonly metrics: RunMetrics | null };

/** A line for each variant and seed, in the order in which they were named; on a narrow terminal a column for each. */
export function experimentTable(experiment: Experiment, output: Output): string[] {
  const isOneSeed = experiment.seeds.length === 1;
  const entries = comparedVariants(experiment).flatMap(({ label, cells }) =>
    cells.map(({ seed, run, metrics }): ComparisonEntry => ({ label: isOneSeed ? label : `${label} ${seed}`, run, metrics })),
  );
  const rows = COMPARISON_COLUMNS.map((shown) => ({ title: shown.column.title, cells: cellsOf(shown, entries, output) }));
  const byPolicy: Column<number>[] = [
    { title: "policy", cell: (index) => entries[index]?.label ?? "" },
    ...rows.map(({ title, cells }): Column<number> => ({ title, align: "right", cell: (index) => cells[index] ?? "" })),
  ];
  const wide = formatTable(byPolicy, [...entries.keys()]);
  if ((wide[1] ?? "").length <= (output.width ?? Infinity)) return wide;
  const byMetric: Column<(typeof rows)[number]>[] = [
    { title: "", cell: ({ title }) => title },
    ...entries.map(({ label }, index): Column<(typeof rows)[number]> => ({
      title: label,
      align: "right",
      cell: ({ cells }) => cells[index] ?? "",
    })),
  ];
  return formatTable(byMetric, rows);
}

function cellsOf(shown: ComparisonColumn, entries: readonly ComparisonEntry[], output: Output): string[] {
  const best = bestEntries(shown, entries);
  const values = entries.map(({ metrics }) => (metrics === null ? null : metrics[shown.name]));
  const texts = showColumn(
    values.filter((value) => value !== null),
    SHOWN_BY_UNIT[shown.unit],
  );
  return entries.map((entry, index) => {
    if (entry.metrics === null) return shown === COMPARISON_COLUMNS[0] ? (entry.run?.status ?? "deleted") : "-";
    const text = values[index] === null ? "-" : texts[values.slice(0, index).filter((value) => value !== null).length];
    const note = NOTES[shown.name]?.(entry.metrics) ?? "";
    const cell = note === "" ? `${text}` : `${text} (${note})`;
    // The blank keeps values without a mark in line with the others.
    return best.has(entry) ? `${output.paint(["bold", "green"], cell)}*` : `${cell} `;
  });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function boundOf({ faultBound }: RunMetrics): string {
  const min = faultBound?.minFaults ?? null;
  return min === null ? "-" : showCount(min);
}

/** How many VMs the time is of, where that is not all of them. */
function completedOf({ vmsCompleted, vms }: RunMetrics): string {
  return vmsCompleted === null || vmsCompleted === vms.length ? "" : `${vmsCompleted} of ${vms.length} VMs`;
}

/**
 * None where all are the same, or where none can be compared. A run is best at nothing while another completed a VM's work
 * that it did not, or kept a VM that it killed.
 */
function bestEntries(
  { name, better, column: { isOfEqualWork } }: ComparisonColumn,
  entries: readonly ComparisonEntry[],
): ReadonlySet<ComparisonEntry> {
  const measured = entries.flatMap((entry) => {
    const value = entry.metrics === null ? null : entry.metrics[name];
    return entry.metrics === null || value === null ? [] : [{ entry, value, metrics: entry.metrics }];
  });
  if (better === null || new Set(measured.map(({ value }) => value)).size < 2) return new Set();
  const comparable = ofSameWork(measured, isOfEqualWork === true);
  if (isOfEqualWork === true && comparable.length < 2) return new Set();
  const values = comparable.map(({ value }) => value);
  const best = better === "lower" ? Math.min(...values) : Math.max(...values);
  return new Set(comparable.filter(({ value }) => value === best).map(({ entry }) => entry));
}

/** Those that completed every VM's work that any of them did, and killed no more VMs than another, as far as that is known. */
function ofSameWork<Measured extends { readonly metrics: RunMetrics }>(measured: readonly Measured[], isOfEqualWork: boolean): Measured[] {
  const completed = new Set(measured.flatMap(({ metrics }) => completedVms(metrics)));
  const fewestKilled = Math.min(...measured.map(({ metrics }) => metrics.vmsKilled).filter((killed) => killed !== null));
  const maxAccesses = Math.max(...measured.map(({ metrics }) => metrics.accesses));
  return measured.filter(({ metrics }) => {
    if (isOfEqualWork && metrics.accesses !== maxAccesses) return false;
    return metrics.vmsKilled === fewestKilled && completedVms(metrics).length === completed.size;
  });
}

function completedVms({ vms }: RunMetrics): number[] {
  return vms.flatMap(({ vm, workNs }) => (workNs === null ? [] : [vm]));
}
