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
};

const MEASURES: readonly Measure[] = [
  { title: "simulated time", value: (of) => of.simulatedNs, show: showDuration, better: "lower" },
  { title: "accesses/s", value: (of) => of.accessesPerSecond, show: showRate, better: "higher" },
  { title: "guest major", value: (of) => of.guestMajorFaults, show: showCount, better: "lower" },
  { title: "host major", value: (of) => of.hostMajorFaults, show: showCount, better: "lower" },
  { title: "stolen", value: (of) => of.pagesStolen, show: showCount },
  { title: "ballooned", value: (of) => of.balloonedPages, show: showCount },
  { title: "zeroed", value: (of) => of.zeroedFrames, show: showCount },
  { title: "VMs killed", value: (of) => of.vmsKilled, show: showCount, better: "lower" },
];

export const HOW_TO_READ =
  "A * marks the best of a column: less simulated time and more accesses per simulated second for the same work; " +
  "guest major faults read the guests' disks, host major faults (swap-ins) the host's swap; the rest counts pages.";

/** The policies of a comparison, one per line, in the order in which they were named. */
export function comparisonTable(comparison: Comparison, output: Output): string[] {
  const columns: Column<ComparisonEntry>[] = [{ title: "policy", cell: (entry) => entry.policyName }];
  for (const measure of MEASURES) {
    const best = bestValue(measure, comparison.entries);
    columns.push({
      title: measure.title,
      align: "right",
      cell: (entry) => showCell(measure, entry, best, output),
    });
  }
  return formatTable(columns, comparison.entries);
}

function showCell(measure: Measure, entry: ComparisonEntry, best: number | undefined, output: Output): string {
  if (entry.figures === null) return measure === MEASURES[0] ? (entry.run?.status ?? "deleted") : "-";
  const value = measure.value(entry.figures);
  // The blank keeps figures without a mark in line with the others.
  if (value !== best) return `${measure.show(value)} `;
  return `${output.paint(["bold", "green"], measure.show(value))}*`;
}

/** Undefined where all are equal, or where fewer than two can be compared: then nothing is best. */
function bestValue({ value, better }: Measure, entries: readonly ComparisonEntry[]): number | undefined {
  if (better === undefined) return undefined;
  const values = entries.flatMap(({ figures }) => (figures === null ? [] : [value(figures)]));
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (least === most || values.length < 2) return undefined;
  return better === "lower" ? least : most;
}
