/**
 * The formats that traces are read from, each with what its name says, what its bytes are, and the
 * file names it goes by.
 */
export const TRACE_FORMATS = {
  lackey: {
    title: "text of valgrind --tool=lackey --trace-mem=yes",
    content: "text",
    extensions: [".lackey"],
  },
  "oracle-general": {
    title: "libCacheSim oracleGeneral, binary records of 24 bytes",
    content: "binary",
    extensions: [".oraclegeneral", ".oraclegeneral.bin"],
  },
  csv: {
    title: "libCacheSim CSV, with columns to choose",
    content: "text",
    extensions: [".csv"],
  },
  "page-numbers": {
    title: "one page number per line, decimal or 0x hexadecimal, with an optional kind letter before it",
    content: "text",
    extensions: [".pages"],
  },
} as const;

export type TraceFormat = keyof typeof TRACE_FORMATS;

export const TRACE_FORMAT_NAMES = Object.keys(TRACE_FORMATS) as readonly TraceFormat[];

export function isTraceFormat(value: string): value is TraceFormat {
  return Object.hasOwn(TRACE_FORMATS, value);
}
