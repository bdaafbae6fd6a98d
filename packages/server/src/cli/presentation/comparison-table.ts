import type { Comparison, ComparisonEntry, RunFigures } from "../../runs/index.ts";
import type { Output } from "../output/output.ts";
import { showCount, showDuration, showRate } from "../output/quantities.ts";
import { type Column, formatTable } from "../output/table.ts";

type Measure = {
  readonly title: string;
  readonly value: (figures: RunFigures) => number;
  readonly show: (value: number) => string;
  /** Which direction is good; undefined for what is a means and not an end. */
  readonly better?: "lower" | "higher";
  /** Shown in brackets behind the value. */
  readonly bound?: (figures: RunFigures) => string;
};

const SIMULATED_TIME: Measure = { title: "simulated time", value: (of) => of.simulatedNs, show: showDuration, better: "lower" };

const MEASURES: readonly Measure[] = [
  SIMULATED_TIME,
  { title: "accesses/s", value: (of) => of.accessesPerSecond, show: showRate, better: "higher" },
  { title: "faults (least)", value: (of) => of.faultBound?.faults ?? NaN, show: showCount, bound: boundOf },
  { title: "guest major faults", value: (of) => of.guestMajorFaults, show: showCount, better: "lower" },
  { title: "host major faults", value: (of) => of.hostMajorFaults, show: showCount, better: "lower" },
  { title: "stolen", value: (of) => of.pagesStolen, show: showCount },
  { title: "ballooned", value: (of) => of.balloonedPages, show: showCount },
  { title: "zeroed", value: (of) => of.zeroedFrames, show: showCount },
  { title: "VMs killed", value: (of) => of.vmsKilled, show: showCount, better: "lower" },
];

export const HOW_TO_READ =
  "A * marks the best: less simulated time, or more accesses per simulated second, for the same work; guest major " +
  "faults read the guests' disks, host major faults (swap-ins) the host's swap; stolen, ballooned and zeroed count pages. " +
  "Faults are accesses whose page was not there. In brackets: the fewest that any demand paging could have had on that run's " +
  "accesses (Belady's MIN over the merged trace); a bound on this count, and on nothing else.";

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
  return entries.map((entry) => {
    if (entry.figures === null) return measure === SIMULATED_TIME ? (entry.run?.status ?? "deleted") : "-";
    const shown = showFigure(measure, entry.figures);
    // The blank keeps figures without a mark in line with the others.
    return best.has(entry) ? `${output.paint(["bold", "green"], shown)}*` : `${shown} `;
  });
}

function showFigure({ value, show, bound }: Measure, figures: RunFigures): string {
  const figure = value(figures);
  const shown = Number.isNaN(figure) ? "-" : show(figure);
  return bound === undefined ? shown : `${shown} (${bound(figures)})`;
}

function boundOf({ faultBound }: RunFigures): string {
  const least = faultBound?.leastFaults ?? null;
  return least === null ? "-" : showCount(least);
}

/**
 * None where all show the same, or where fewer than two can be compared. A run whose VMs were killed did less work: it is
 * best at nothing while another kept more of them. What shows the same figures as the best is as good.
 */
function bestEntries({ value, show, better }: Measure, entries: readonly ComparisonEntry[]): ReadonlySet<ComparisonEntry> {
  const measured = entries.flatMap((entry) => (entry.figures === null ? [] : [{ entry, figures: entry.figures }]));
  const isDecided = new Set(measured.map(({ figures }) => show(value(figures)))).size > 1;
  if (better === undefined || !isDecided) return new Set();
  const fewestKilled = Math.min(...measured.map(({ figures }) => figures.vmsKilled));
  const comparable = measured.filter(({ figures }) => figures.vmsKilled === fewestKilled);
  const values = comparable.map(({ figures }) => value(figures));
  const best = show(better === "lower" ? Math.min(...values) : Math.max(...values));
  return new Set(comparable.filter(({ figures }) => show(value(figures)) === best).map(({ entry }) => entry));
}
