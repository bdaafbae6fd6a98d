import type { ParserContext } from "./format-reading.ts";
import { FORMAT_READINGS } from "./format-readings.ts";
import type { TraceFormat } from "./trace-format.ts";
import type { TraceParser } from "./trace-parser.ts";
import type { TraceUnit, TraceUnitOrUndecided } from "./trace-unit.ts";

export type TraceParserOptions = Omit<ParserContext, "unit"> & {
  readonly format: TraceFormat;
  /** What the numbers are; the first unit of the format if not given. */
  readonly unit?: TraceUnitOrUndecided;
};

/** What the values of a format can be, the usual one first. */
export function unitsOf(format: TraceFormat): readonly [TraceUnit, ...TraceUnit[]] {
  return FORMAT_READINGS[format].units;
}

export function createTraceParser(options: TraceParserOptions): TraceParser {
  const reading = FORMAT_READINGS[options.format];
  return reading.create({ ...options, unit: options.unit ?? reading.units[0] });
}
