import type { StoredTrace, TracePage } from "@ballast/server/traces";
import { showCount } from "@ballast/core/quantities";
import { fittingTable } from "../output/fitting-table.ts";
import { type Column, formatTable } from "../output/table.ts";

const COLUMNS: readonly Column<StoredTrace>[] = [
  { title: "trace", cell: (trace) => trace.name },
  { title: "references", align: "right", cell: (trace) => showCount(trace.referenceCount) },
  { title: "pages", align: "right", cell: (trace) => showCount(trace.pageCount) },
  { title: "stored bytes", align: "right", cell: (trace) => showCount(trace.storedBytes) },
  { title: "format", cell: (trace) => trace.format },
  { title: "of", cell: (trace) => trace.description },
];

const PAGE_COLUMNS: readonly Column<TracePage>[] = [
  { title: "page", align: "right", cell: ({ page }) => String(page) },
  { title: "in the recording", cell: ({ name }) => name },
];

export function tracePageTable(pages: readonly TracePage[], width?: number): string[] {
  return formatTable(PAGE_COLUMNS, pages, width);
}

export function traceTable(traces: readonly StoredTrace[], width?: number): string[] {
  return fittingTable(COLUMNS, traces, width);
}
