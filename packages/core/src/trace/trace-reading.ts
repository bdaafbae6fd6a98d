import type { CsvOptions } from "./formats/csv-options.ts";
import { TraceError, type TraceErrorPlace } from "./trace-error.ts";
import type { TraceFormat } from "./trace-format.ts";
import type { TraceUnit, TraceUnitOrUndecided } from "./trace-unit.ts";

/** How a trace is to be read, as far as its importer says. */
export interface TraceReadingOptions {
  /** Found by the file's name or its first bytes if not given. */
  readonly format?: TraceFormat;
  /** What the numbers are, in formats that leave it open. */
  readonly unit?: TraceUnit;
  /** Columns of a CSV. */
  readonly csv?: Partial<CsvOptions>;
}

/** How a trace is read. */
export interface TraceReading {
  readonly format: TraceFormat;
  readonly unit: TraceUnitOrUndecided;
  readonly csv?: Partial<CsvOptions>;
}

/** One of several readings that a trace may have. */
export interface ReadingChoice extends TraceReading {
  readonly unit: TraceUnit;
}

/** The bytes have several readings that give different traces: somebody has to say which is meant. */
export class AmbiguousReadingError extends TraceError {
  readonly choices: readonly ReadingChoice[];

  /** `outcomes`: what each choice gives, and where that was looked at. */
  constructor(
    place: TraceErrorPlace,
    found: string,
    choices: readonly ReadingChoice[],
    outcomes?: { readonly scope: string; readonly of: readonly string[] },
  ) {
    const ways = choices.map((choice) => describeChoice(choice, choices));
    const advice =
      outcomes === undefined
        ? `Say which is meant: ${ways.join(", or ")}.`
        : `Say which is meant; what each finds, ${outcomes.scope}:` +
          ways.map((way, index) => `\n  ${way}: ${outcomes.of[index]}`).join("");
    super("reading-ambiguous", place, found, advice);
    this.choices = choices;
  }
}

/** What to say on the command line for one of several readings: only that in which they differ. */
export function describeChoice(choice: ReadingChoice, among: readonly ReadingChoice[]): string {
  const parts: string[] = [];
  if (among.some(({ format }) => format !== choice.format)) parts.push(`--format ${choice.format}`);
  const sameFormat = among.filter(({ format }) => format === choice.format);
  if (sameFormat.some(({ unit }) => unit !== choice.unit)) parts.push(`--unit ${choice.unit}`);
  const { delimiter } = choice.csv ?? {};
  if (delimiter !== undefined && sameFormat.length < among.length) {
    parts.push(`--csv delimiter=${delimiter === " " ? "blank" : delimiter}`);
  }
  return parts.join(" ");
}
