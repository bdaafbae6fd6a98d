import { SKIPPED_LINES, type SkippedLine, TRACE_FORMATS, type TraceUnit } from "@ballast/core/trace";
import type { ImportedTrace } from "@ballast/server/traces";
import { showCount } from "@ballast/core/quantities";

const UNITS = {
  page: "values are page numbers",
  address: "values are addresses, divided by 4,096",
  object: "values are object ids, numbered in order of first appearance",
} as const satisfies Record<TraceUnit, string>;

/** How a trace was read, and what of it was no reference: the end of an import. */
export function readingLines({ reading, report }: Pick<ImportedTrace, "reading" | "report">): string[] {
  const { format, unit } = reading;
  const lines = [`Read as ${format} (${TRACE_FORMATS[format].title}); ${UNITS[unit]}.`];
  if (report.delimiter !== undefined) lines.push(`${headerSentence(report.header)} Between columns: ${JSON.stringify(report.delimiter)}.`);
  const skipped = Object.keys(SKIPPED_LINES) as SkippedLine[];
  const counts = skipped.filter((what) => report.skipped[what] > 0);
  const parts = counts.map((what) => `${showCount(report.skipped[what])} (${SKIPPED_LINES[what]})`);
  lines.push(`Not references: ${counts.length === 0 ? "none" : parts.join(", ")}.`);
  if (report.zeroSizeRequests > 0) {
    lines.push(`Requests of size 0, each of which counts as one page: ${showCount(report.zeroSizeRequests)}.`);
  }
  return [...lines, ...report.notes];
}

function headerSentence(header: readonly string[] | undefined): string {
  return header === undefined ? "The first line was taken for data." : `The first line was taken for names (${header.join(", ")}).`;
}
