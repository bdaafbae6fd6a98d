/** Lines and records of a trace that are no references, by what they are. Each is counted, none is dropped silently. */
export const SKIPPED_LINES = {
  empty: "empty lines",
  comment: "comments",
  message: "messages of the recording program",
  marker: "markers of the recording",
  prefetch: "prefetches and flushes",
  unfetched: "instructions that were not fetched",
  disassembly: "further lines of a disassembly",
  escape: "escape records (labels 3 and 4)",
} as const;

export type SkippedLine = keyof typeof SKIPPED_LINES;

/** What a parser noticed beside the references. */
export interface TraceReport {
  readonly skipped: Readonly<Record<SkippedLine, number>>;
  /** Requests of size 0, each of which counts as one page. */
  readonly zeroSizeRequests: number;
  /** The names in a first line that was taken for names and not for data. */
  readonly header?: readonly string[];
  /** The character between the columns of a CSV. */
  readonly delimiter?: string;
  /** What else its importer should know, as sentences. */
  readonly notes: readonly string[];
}

/** Counts while a trace is parsed. */
export class ReportCounts {
  readonly skipped = Object.fromEntries(Object.keys(SKIPPED_LINES).map((name) => [name, 0])) as Record<SkippedLine, number>;
  zeroSizeRequests = 0;
  readonly notes: string[] = [];

  report(): TraceReport {
    return { skipped: { ...this.skipped }, zeroSizeRequests: this.zeroSizeRequests, notes: [...this.notes] };
  }
}
