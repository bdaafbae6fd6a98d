import { addresses } from "./formats/addresses-parser.ts";
import { csv } from "./formats/csv.ts";
import { dinero } from "./formats/dinero-parser.ts";
import { drmemtrace } from "./formats/drmemtrace-parser.ts";
import { lackey } from "./formats/lackey-parser.ts";
import { lcs } from "./formats/lcs-parser.ts";
import { objectIds } from "./formats/object-ids-parser.ts";
import { oracleGeneral } from "./formats/oracle-general-parser.ts";
import { pageNumbers } from "./formats/page-numbers-parser.ts";
import { pinatrace } from "./formats/pinatrace-parser.ts";
import type { FormatReading } from "./format-reading.ts";
import type { TraceFormat } from "./trace-format.ts";

/** Each format of `TRACE_FORMATS`, as it is recognised and read. */
export const FORMAT_READINGS: Readonly<Record<TraceFormat, FormatReading>> = {
  lackey,
  drmemtrace,
  pinatrace,
  dinero,
  addresses,
  "page-numbers": pageNumbers,
  "object-ids": objectIds,
  csv,
  "oracle-general": oracleGeneral,
  lcs,
};
