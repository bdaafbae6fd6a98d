import type { Comparison, ComparisonEntry, RunFigures } from "@ballast/server/runs";
import type { Output } from "../output/output.ts";
import { showColumn, showCount, showDuration, showRate } from "../output/quantities.ts";
import { type Column, formatTable } from "../output/table.ts";

type Measure = {
  readonly title: string;
  /** null: not known, or there is none. */
  readonly value: (figures: RunFigures) => number | null;
  readonly show: (value: number, digits: number) => string;
  /** Which direction is good; undefined for what is a means and not an end. */
  readonly better?: "lower" | "higher";
  /** Only runs with as many accesses can be compared: a count of less work is smaller by itself. */
  readonly isOfEqualWork?: true;
  /** Shown in brackets behind the value. */
  readonly note?: (figures: RunFigures) => string;
};

const WORK_TIME: Measure = {
  title: "work time",
  value: (of) => of.workNs,
  show: showDuration,
  better: "lower",
  note: completedOf,
};

const MEASURES: readonly Measure[] = [
  WORK_TIME,
  { title: "slowest VM", value: (of) => of.slowestWorkNs, show: showDuration, better: "lower" },
  { title: "accesses/s", value: (of) => of.accessesPerSecond, show: showRate, better: "higher" },
  { title: "faults (least)", value: (of) => of.faults, show: showCount, note: boundOf },
  { title: "guest major faults", value: (of) => of.guestMajorFaults, show: showCount, better: "lower", isOfEqualWork: true },
  { title: "host major faults", value: (of) => of.hostMajorFaults, show: showCount, better: "lower", isOfEqualWork: true },
  { title: "stolen", value: (of) => of.pagesStolen, show: showCount },
  { title: "ballooned", value: (of) => of.balloonedPages, show: showCount },
  { title: "zeroed", value: (of) => of.zeroedFrames, show: showCount },
  { title: "VMs killed", value: (of) => of.vmsKilled, show: showCount, better: "lower" },
];

export const HOW_TO_READ =
  "A * marks the best of those that did the same work. Work time: from a VM's start to the end of its workload, waits " +
  "included, added up over the VMs, and of the slowest one. Accesses/s: of each VM over its own time, added up. Guest major " +
  "faults read the guests' disks, host major faults (swap-ins) the host's swap; stolen, ballooned and zeroed count pages. " +
  "Faults are accesses whose page was not there, and pages read ahead. In brackets: the fewest that any demand paging could " +
  "have had on that run's accesses (Belady's MIN over the interleaved trace); a bound on this count, and on nothing else.";

/** A line for each policy, in the order in which they were named; on a narrow terminal a column for each. */
export function comparisonTable({ entries }: Comparison, output: Output): string[] {
  const rows = MEASURES.map((measure) => ({ title: measure.title, cells: cellsOf(measure, entries, output) }));
  const byPolicy: Column<number>[] = [
    { title: "policy", cell: (index) => entries[index]?.label ?? "" },
    ...rows.map(({ title, cells }): Column<number> => ({ title, align: "right", cell: (index) => cells[index] ?? "" })),
  ];
  const wide = formatTable(byPolicy, [...entries.keys()]);
  if ((wide[1] ?? "").length <= (output.width ?? Infinity)) return wide;
  const byMeasure: Column<(typeof rows)[number]>[] = [
    { title: "", cell: ({ title }) => title },
    ...entries.map(({ label }, index): Column<(typeof rows)[number]> => ({
      title: label,
      align: "right",
      cell: ({ cells }) => cells[index] ?? "",
    })),
  ];
  return formatTable(byMeasure, rows);
}

function cellsOf(measure: Measure, entries: readonly ComparisonEntry[], output: Output): string[] {
  const best = bestEntries(measure, entries);
  const values = entries.map(({ figures }) => (figures === null ? null : measure.value(figures)));
  const shown = showColumn(values.filter((value) => value !== null), measure.show);
  return entries.map((entry, index) => {
    if (entry.figures === null) return measure === WORK_TIME ? (entry.run?.status ?? "deleted") : "-";
    const figure = values[index] === null ? "-" : shown[values.slice(0, index).filter((value) => value !== null).length];
    const note = measure.note?.(entry.figures) ?? "";
    const cell = note === "" ? `${figure}` : `${figure} (${note})`;
    // The blank keeps figures without a mark in line with the others.
    return best.has(entry) ? `${output.paint(["bold", "green"], cell)}*` : `${cell} `;
  });
}

function boundOf({ faultBound }: RunFigures): string {
  const min = faultBound?.minFaults ?? null;
  return min === null ? "-" : showCount(min);
}

/** How many VMs the time is of, where that is not all of them. */
function completedOf({ vmsCompleted, vms }: RunFigures): string {
  return vmsCompleted === null || vmsCompleted === vms.length ? "" : `${vmsCompleted} of ${vms.length} VMs`;
}

/**
 * None where all are the same, or where none can be compared. A run is best at nothing while another completed a VM's work
 * that it did not, or kept a VM that it killed.
 */
function bestEntries({ value, better, isOfEqualWork }: Measure, entries: readonly ComparisonEntry[]): ReadonlySet<ComparisonEntry> {
  const measured = entries.flatMap((entry) => {
    const figure = entry.figures === null ? null : value(entry.figures);
    return entry.figures === null || figure === null ? [] : [{ entry, figure, figures: entry.figures }];
  });
  if (better === undefined || new Set(measured.map(({ figure }) => figure)).size < 2) return new Set();
  const comparable = ofSameWork(measured, isOfEqualWork === true);
  if (isOfEqualWork === true && comparable.length < 2) return new Set();
  const figures = comparable.map(({ figure }) => figure);
  const best = better === "lower" ? Math.min(...figures) : Math.max(...figures);
  return new Set(comparable.filter(({ figure }) => figure === best).map(({ entry }) => entry));
}

/** Those that completed every VM's work that any of them did, and killed no more VMs than another, as far as that is known. */
function ofSameWork<Measured extends { readonly figures: RunFigures }>(measured: readonly Measured[], isOfEqualWork: boolean): Measured[] {
  const completed = new Set(measured.flatMap(({ figures }) => completedVms(figures)));
  const fewestKilled = Math.min(...measured.map(({ figures }) => figures.vmsKilled).filter((killed) => killed !== null));
  const maxAccesses = Math.max(...measured.map(({ figures }) => figures.accesses));
  return measured.filter(({ figures }) => {
    if (isOfEqualWork && figures.accesses !== maxAccesses) return false;
    return figures.vmsKilled === fewestKilled && completedVms(figures).length === completed.size;
  });
}

function completedVms({ vms }: RunFigures): number[] {
  return vms.flatMap(({ vm, workNs }) => (workNs === null ? [] : [vm]));
}
