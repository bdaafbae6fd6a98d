/** How a recording may be read, as a command line or a form lists it: without the parsers. */
export { completeCsvOptions, CSV_OPTION_KINDS, type CsvColumn, type CsvOptions } from "./formats/csv-options.ts";
export { TRACE_FORMAT_NAMES, type TraceFormat } from "./trace-format.ts";
export type { TraceReadingOptions } from "./trace-reading.ts";
export { TRACE_UNIT_NAMES, type TraceUnit } from "./trace-unit.ts";
