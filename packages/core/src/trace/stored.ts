/** A recording as it is kept: without the parsers of formats. */
export { BlockReader } from "./blocks/block-reader.ts";
export type { OriginalPages } from "./original-pages.ts";
export { decodeText } from "./text/decode-text.ts";
export type { Trace, TraceReader } from "./trace.ts";
export { isTraceFormat, type TraceFormat } from "./trace-format.ts";
