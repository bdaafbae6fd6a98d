import { unreachable } from "../assert/index.ts";
import type { CsvOptions } from "./csv-options.ts";
import { CsvParser } from "./csv-parser.ts";
import { LackeyParser } from "./lackey-parser.ts";
import { OracleGeneralParser } from "./oracle-general-parser.ts";
import { PageNumbersParser } from "./page-numbers-parser.ts";
import type { TraceFormat } from "./trace-format.ts";
import type { TraceParser } from "./trace-parser.ts";
import type { TraceRecorder } from "./trace-recorder.ts";

export interface TraceParserOptions {
  readonly format: TraceFormat;
  readonly recorder: TraceRecorder;
  /** Names the source in errors. */
  readonly file: string;
  readonly csv?: Partial<CsvOptions>;
}

export function createTraceParser({ format, recorder, file, csv }: TraceParserOptions): TraceParser {
  switch (format) {
    case "lackey":
      return new LackeyParser(recorder, file);
    case "oracle-general":
      return new OracleGeneralParser(recorder, file);
    case "csv":
      return new CsvParser(recorder, file, csv);
    case "page-numbers":
      return new PageNumbersParser(recorder, file);
    default:
      return unreachable(format, "trace format");
  }
}
