import { quoteBytes } from "../text/quote-bytes.ts";
import type { TraceFormat } from "../trace-format.ts";
import { AmbiguousReadingError, type ReadingChoice } from "../trace-reading.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import { MIN_DOUBTFUL_VALUE, SECTOR_BYTES, type TraceUnit, type TraceUnitOrUndecided } from "../trace-unit.ts";

const NUMBER_UNITS = ["page", "address"] as const satisfies readonly TraceUnit[];

/** What the numbers of a list or CSV are: pages, addresses, or pages unless one of them is not likely to be one. */
export class UnitChoice {
  readonly undecided: boolean;
  readonly isAddress: boolean;
  readonly #recorder: TraceRecorder;
  readonly #file: string;
  readonly #format: TraceFormat;
  readonly #choices: readonly ReadingChoice[];
  /** All values together, bit by bit. */
  #bits = 0;

  constructor(recorder: TraceRecorder, file: string, format: TraceFormat, unit: TraceUnitOrUndecided, csv?: ReadingChoice["csv"]) {
    this.undecided = unit === "undecided";
    this.isAddress = unit === "address" || (this.undecided && format === "addresses");
    this.#recorder = recorder;
    this.#file = file;
    this.#format = format;
    const common = csv === undefined ? { format } : { format, csv };
    this.#choices = NUMBER_UNITS.map((choice) => Object.assign({ unit: choice }, common));
  }

  /** Records one reference to the page that the number stands for. */
  touch(high: number, low: number, kind: number): void {
    this.note(low);
    if (this.isAddress) this.#recorder.touchBytes(high, low, 1, kind);
    else this.#recorder.touchPage(high, low, kind);
  }

  /** Takes a look at a number that is recorded. */
  note(low: number): void {
    this.#bits |= low;
  }

  /** To be called at the end: refuses what looks like page numbers one by one, and is none as a whole. */
  finish(): void {
    if (!this.undecided || this.isAddress || this.#bits === 0 || this.#bits % SECTOR_BYTES !== 0) return;
    const found = `every number is a multiple of ${SECTOR_BYTES}, as offsets in bytes are; they may be page numbers all the same`;
    throw new AmbiguousReadingError({ file: this.#file, format: this.#format }, found, this.#choices);
  }

  /** Whether a number of the decimal form is not likely to be a page number. */
  isDoubtful(high: number, low: number): boolean {
    return high !== 0 || low >= MIN_DOUBTFUL_VALUE;
  }

  /** The value from `start` (included) to `end` (excluded) has two readings: refused unless it was said which. */
  requireDecided(bytes: Uint8Array, start: number, end: number, line: number, column?: number): void {
    if (!this.undecided) return;
    const place = { file: this.#file, format: this.#format, line, ...(column === undefined ? {} : { column }) };
    const found = `${quoteBytes(bytes.subarray(start, end))} may be a page number or an address in bytes`;
    throw new AmbiguousReadingError(place, found, this.#choices);
  }
}
