/** Reads the bytes of a trace as they come and hands each reference to a `TraceRecorder`. Any split will do. */
export interface TraceParser {
  /** Throws a `TraceError` at the first thing that is wrong; the parser is of no use afterwards. */
  feed(bytes: Uint8Array): void;
  /** Ends the trace: throws a `TraceError` if it is cut off or has no references, and hands on the last block. */
  finish(): void;
}
