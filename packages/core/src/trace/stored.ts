/** A recording as it is kept: without the parsers of formats, which no thread that executes runs needs. */
export { BlockReader } from "./blocks/block-reader.ts";
export { COARSE_REFERENCES, FINE_REFERENCES, type SliceLevel } from "./blocks/slice-summaries.ts";
export type { OriginalPages } from "./original-pages.ts";
export { decodeText } from "./text/decode-text.ts";
export type { ReferenceArrays, Trace, TraceReader } from "./trace.ts";
export { isTraceFormat, type TraceFormat } from "./trace-format.ts";
