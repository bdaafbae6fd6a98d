/** The formats that traces are read from, each with what its name means, what its bytes are, and its file names. */
export const TRACE_FORMATS = {
  lackey: {
    title: "text of valgrind --tool=lackey --trace-mem=yes",
    content: "text",
    extensions: [".lackey"],
  },
  drmemtrace: {
    title: "text of DynamoRIO's drmemtrace view tool",
    content: "text",
    extensions: [],
  },
  pinatrace: {
    title: "text of Pin's pinatrace tool",
    content: "text",
    extensions: [],
  },
  dinero: {
    title: "Dinero's din: label and hexadecimal address",
    content: "text",
    extensions: [".din"],
  },
  addresses: {
    title: "one hexadecimal address per line without 0x, with an optional kind letter before or after it",
    content: "text",
    extensions: [],
  },
  "page-numbers": {
    title: "one number per line, decimal or 0x hexadecimal, with an optional kind letter before or after it",
    content: "text",
    extensions: [".pages"],
  },
  "object-ids": {
    title: "one object id per line: any text, numbered in order of first appearance",
    content: "text",
    extensions: [],
  },
  csv: {
    title: "CSV with columns to choose, as libCacheSim's time, object, size by default",
    content: "text",
    extensions: [".csv"],
  },
  "oracle-general": {
    title: "libCacheSim oracleGeneral, binary records of 24 bytes",
    content: "binary",
    extensions: [".oraclegeneral", ".oraclegeneral.bin"],
  },
  lcs: {
    title: "libCacheSim lcs, binary records after a header",
    content: "binary",
    extensions: [".lcs"],
  },
} as const;

export type TraceFormat = keyof typeof TRACE_FORMATS;

export const TRACE_FORMAT_NAMES = Object.keys(TRACE_FORMATS) as readonly TraceFormat[];

export function isTraceFormat(value: string): value is TraceFormat {
  return Object.hasOwn(TRACE_FORMATS, value);
}
