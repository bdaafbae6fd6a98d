import { BallastError } from "../errors/index.ts";
import { unitsOf } from "./create-trace-parser.ts";
import { detectTraceFormat, formatOfName } from "./detect-trace-format.ts";
import { completeCsvOptions } from "./formats/csv-options.ts";
import { TRACE_FORMATS, type TraceFormat } from "./trace-format.ts";
import type { TraceReading, TraceReadingOptions } from "./trace-reading.ts";
import type { TraceUnit, TraceUnitOrUndecided } from "./trace-unit.ts";

/**
 * How a trace is to be read, from what its importer says, its name and its first bytes. Throws a `TraceError` where that
 * does not tell, and a `BallastError` INPUT_INVALID where options do not fit together.
 */
export function chooseReading(file: string, firstBytes: Uint8Array, options: TraceReadingOptions): TraceReading {
  const format = options.format ?? formatOf(file, firstBytes, options);
  const unit = chooseUnit(format, file, options);
  if (options.csv === undefined) return { format, unit };
  if (format !== "csv") refuseOption(`options of a CSV do not fit ${format}`, format);
  completeCsvOptions(options.csv, unit);
  return { format, unit, csv: options.csv };
}

/** Columns are said of a CSV alone, so that the bytes need not be asked. An empty file is refused as such. */
function formatOf(file: string, firstBytes: Uint8Array, options: TraceReadingOptions): TraceFormat {
  return options.csv !== undefined && firstBytes.length > 0 ? "csv" : detectTraceFormat(file, firstBytes);
}

function chooseUnit(format: TraceFormat, file: string, options: TraceReadingOptions): TraceUnitOrUndecided {
  const { unit } = options;
  const units = unitsOf(format);
  if (unit !== undefined) {
    if (!units.includes(unit)) refuseUnit(format, unit, units);
    return unit;
  }
  if (format === "csv") return "undecided";
  // Naming a format of numbers also gives their unit.
  const named = options.format !== undefined || formatOfName(file) !== undefined;
  return named || units.length === 1 ? units[0] : "undecided";
}

function refuseUnit(format: TraceFormat, unit: TraceUnit, units: readonly TraceUnit[]): never {
  refuseOption(`the values of ${format} are never of unit ${unit}, but ${units.join(" or ")}`, format);
}

function refuseOption(problem: string, format: TraceFormat): never {
  throw new BallastError("INPUT_INVALID", `It is read as ${format} (${TRACE_FORMATS[format].title}), and ${problem}.`);
}
