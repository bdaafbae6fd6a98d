import { FRAME_ZEROED, Kept, OWNER_FREE, OWNER_HYPERVISOR, OWNER_SHARED, RealUse } from "@ballast/core/memory";
import type { FrameState, MetricChange, VirtualPageState } from "@ballast/server/history";
import { fittingTable } from "../output/fitting-table.ts";
import { showCount, showDuration } from "@ballast/core/quantities";
import type { Column } from "../output/table.ts";
import { wrap } from "../output/wrap.ts";
import type { DiffShape, NamedChange, NamedRealState } from "./diff-shape.ts";

const METRIC_COLUMNS: readonly Column<MetricChange>[] = [
  { title: "metric", cell: ({ vm, metric }) => (vm === 0 ? `host ${metric}` : `VM ${vm} ${metric}`) },
  { title: "before", align: "right", cell: ({ before }) => showMetric(before) },
  { title: "after", align: "right", cell: ({ after }) => showMetric(after) },
  { title: "change", align: "right", cell: ({ before, after }) => (before === null || after === null ? "-" : signed(after - before)) },
];

const CHANGE_COLUMNS: readonly Column<NamedChange>[] = [
  { title: "page", cell: pageOf },
  { title: "before", cell: (change) => stateOf(change, "before") },
  { title: "after", cell: (change) => stateOf(change, "after") },
];

function showMetric(value: number | null): string {
  return value === null ? "-" : showCount(value);
}

function signed(change: number): string {
  return change > 0 ? `+${showCount(change)}` : showCount(change);
}

function counted(count: number, noun: string): string {
  return `${showCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** The two moments, the metrics that differ, and the pages. */
export function diffLines(diff: DiffShape, width?: number): string[] {
  const { runId, from, to, metrics, changes, hasMore } = diff;
  const moments = [from, to].map(({ position, timeNs }) => `event ${showCount(position)} (${showDuration(timeNs)})`).join(" to ");
  const counts = [
    counted(diff.changedRealPages, "real page"),
    counted(diff.changedVirtualPages, "virtual page"),
    counted(diff.changedFrames, "frame"),
  ];
  const lines = wrap(`Run ${runId} from ${moments}: ${counts.join(", ")} and ${counted(metrics.length, "metric")} differ`, width);
  if (metrics.length > 0) lines.push("", ...fittingTable(METRIC_COLUMNS, metrics, width));
  if (changes.length > 0) lines.push("", ...fittingTable(CHANGE_COLUMNS, changes, width));
  return hasMore ? [...lines, `the first ${showCount(changes.length)}; --limit shows more`] : lines;
}

function pageOf(change: NamedChange): string {
  switch (change.kind) {
    case "realPage":
      return `VM ${change.vm} real page ${change.page}`;
    case "virtualPage":
      return `VM ${change.vm} process ${change.process} page ${change.page}${inBrackets(change.virtualPageName)}`;
    case "frame":
      return `frame ${change.page}`;
  }
}

function stateOf(change: NamedChange, which: "before" | "after"): string {
  switch (change.kind) {
    case "realPage":
      return shownOr(change[which], realState);
    case "virtualPage":
      return shownOr(change[which], virtualState);
    case "frame":
      return shownOr(change[which], frameState);
  }
}

/** Null: its VM or process was not there. */
function shownOr<State>(state: State | null, show: (state: State) => string): string {
  return state === null ? "not there" : show(state);
}

function inBrackets(name: string | null): string {
  return name === null ? "" : ` (${name})`;
}

function realState(state: NamedRealState): string {
  return `${placeOf(state)}, ${useOf(state)}`;
}

function placeOf({ physicalPage, swapSlot, kept, compressedBytes }: NamedRealState): string {
  if (physicalPage !== null) return `frame ${physicalPage}`;
  if (compressedBytes !== null) return `compressed to ${compressedBytes} bytes`;
  if (kept === Kept.InSwapCache) return `swap cache, slot ${swapSlot}`;
  if (kept === Kept.OnGuestDisk) return "guest disk";
  return swapSlot === null ? "no frame" : `swap slot ${swapSlot}`;
}

function useOf({ use, process, virtualPage, virtualPageName }: NamedRealState): string {
  if (use === RealUse.Process) return `process ${process} page ${virtualPage}${inBrackets(virtualPageName)}`;
  if (use === RealUse.Kernel) return "kernel";
  return use === RealUse.Balloon ? "balloon" : "free";
}

function virtualState({ realPage, diskContent }: VirtualPageState): string {
  const place = realPage === null ? "no real page" : `real page ${realPage}`;
  return diskContent === 0 ? place : `${place}, on disk`;
}

function frameState({ ownerVm, realPage, content, sharers }: FrameState): string {
  if (ownerVm === OWNER_FREE) return content === FRAME_ZEROED ? "free, zeroed" : "free";
  if (ownerVm === OWNER_HYPERVISOR) return "hypervisor";
  if (ownerVm === OWNER_SHARED) return `shared by ${sharers} real pages`;
  return `VM ${ownerVm} real page ${realPage}`;
}
