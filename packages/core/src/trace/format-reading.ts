import type { CsvOptions } from "./formats/csv-options.ts";
import type { OpenCsvRecordReader } from "./formats/csv-reader.ts";
import type { TraceParser } from "./trace-parser.ts";
import type { TraceRecorder } from "./trace-recorder.ts";
import type { TraceUnit, TraceUnitOrUndecided } from "./trace-unit.ts";

/** What the first bytes of a trace are, as far as text: its first lines, and those of them that may be data. */
export type Sample = {
  readonly bytes: Uint8Array;
  readonly isText: boolean;
  readonly lines: readonly string[];
  readonly data: readonly string[];
};

/** Whether first bytes are of a format: certainly, or it could read them and so could others. */
export type Recognition = "sure" | "possible" | "no";

/** What a parser is made of; formats take what they need. */
export type ParserContext = {
  readonly recorder: TraceRecorder;
  /** Names the source in errors. */
  readonly file: string;
  /** What the numbers are. */
  readonly unit: TraceUnitOrUndecided;
  readonly csv?: Partial<CsvOptions>;
  /** Cuts the records of a CSV with quotes, which is refused without. */
  readonly openCsvReader?: OpenCsvRecordReader;
};

/** How a format is recognised and read: its file of `formats` says it, its line in `FORMAT_READINGS` gives it its name. */
export type FormatReading = {
  /** What the values of a reference can be; the first one is the default. */
  readonly units: readonly [TraceUnit, ...TraceUnit[]];
  recognise(sample: Sample): Recognition;
  create(context: ParserContext): TraceParser;
};

/** Whether there are lines, and each is of this form. */
export function allMatch(lines: readonly string[], pattern: RegExp): boolean {
  return lines.length > 0 && lines.every((line) => pattern.test(line));
}
