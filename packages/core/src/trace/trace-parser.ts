import type { TraceReport } from "./trace-report.ts";

/** Reads the bytes of a trace as they come and hands each reference to a `TraceRecorder`. Any split will do. */
export interface TraceParser {
  /**
   * Throws a `TraceError` at the first thing that is wrong; the parser is of no use afterwards. Where it gives a promise,
   * which only a CSV with quotes does, the next piece must wait for it.
   */
  feed(bytes: Uint8Array): void | Promise<void>;
  /** Ends the trace: throws a `TraceError` if it is cut off or has no references, and hands on the last block. */
  finish(): void | Promise<void>;
  /** What of the trace was no reference, and how it was read; complete after `finish`. */
  report(): TraceReport;
}
