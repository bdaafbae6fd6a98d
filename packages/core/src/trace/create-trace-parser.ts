import { AddressesParser } from "./formats/addresses-parser.ts";
import type { CsvOptions } from "./formats/csv-options.ts";
import { CsvParser } from "./formats/csv-parser.ts";
import type { OpenCsvRecordReader } from "./formats/csv-reader.ts";
import { DineroParser } from "./formats/dinero-parser.ts";
import { DrmemtraceParser } from "./formats/drmemtrace-parser.ts";
import { LackeyParser } from "./formats/lackey-parser.ts";
import { LcsParser } from "./formats/lcs-parser.ts";
import { ObjectIdsParser } from "./formats/object-ids-parser.ts";
import { OracleGeneralParser } from "./formats/oracle-general-parser.ts";
import { PageNumbersParser } from "./formats/page-numbers-parser.ts";
import { PinatraceParser } from "./formats/pinatrace-parser.ts";
import type { TraceFormat } from "./trace-format.ts";
import type { TraceParser } from "./trace-parser.ts";
import type { TraceRecorder } from "./trace-recorder.ts";
import type { TraceUnit, TraceUnitOrUndecided } from "./trace-unit.ts";

export interface TraceParserOptions {
  readonly format: TraceFormat;
  readonly recorder: TraceRecorder;
  /** Names the source in errors. */
  readonly file: string;
  /** What the numbers are; the first unit of the format if not given. */
  readonly unit?: TraceUnitOrUndecided;
  readonly csv?: Partial<CsvOptions>;
  /** Cuts the records of a CSV with quotes, which is refused without. */
  readonly openCsvReader?: OpenCsvRecordReader;
}

interface ParserContext extends TraceParserOptions {
  readonly unit: TraceUnitOrUndecided;
}

interface FormatReading {
  /** What the values of a reference can be; the first one is what they are if nobody says anything. */
  readonly units: readonly [TraceUnit, ...TraceUnit[]];
  readonly create: (context: ParserContext) => TraceParser;
}

const FORMAT_READINGS = {
  lackey: { units: ["address"], create: ({ recorder, file }) => new LackeyParser(recorder, file) },
  drmemtrace: { units: ["address"], create: ({ recorder, file }) => new DrmemtraceParser(recorder, file) },
  pinatrace: { units: ["address"], create: ({ recorder, file }) => new PinatraceParser(recorder, file) },
  dinero: { units: ["address"], create: ({ recorder, file }) => new DineroParser(recorder, file) },
  addresses: {
    units: ["address", "page"],
    create: ({ recorder, file, unit }) => new AddressesParser(recorder, file, unit),
  },
  "page-numbers": {
    units: ["page", "address"],
    create: ({ recorder, file, unit }) => new PageNumbersParser(recorder, file, unit),
  },
  "object-ids": { units: ["object"], create: ({ recorder, file }) => new ObjectIdsParser(recorder, file) },
  csv: {
    units: ["page", "address", "object"],
    create: ({ recorder, file, unit, csv, openCsvReader }) =>
      new CsvParser({ recorder, file, unit, csv: csv ?? {}, openReader: openCsvReader }),
  },
  "oracle-general": { units: ["page"], create: ({ recorder, file }) => new OracleGeneralParser(recorder, file) },
  lcs: { units: ["page"], create: ({ recorder, file }) => new LcsParser(recorder, file) },
} as const satisfies Record<TraceFormat, FormatReading>;

/** What the values of a format can be, the usual one first. */
export function unitsOf(format: TraceFormat): readonly [TraceUnit, ...TraceUnit[]] {
  return FORMAT_READINGS[format].units;
}

export function createTraceParser(options: TraceParserOptions): TraceParser {
  const { units, create }: FormatReading = FORMAT_READINGS[options.format];
  return create({ ...options, unit: options.unit ?? units[0] });
}
