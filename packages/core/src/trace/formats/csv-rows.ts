import { AccessKind } from "../../events/index.ts";
import { LETTER_A, LETTER_X, LETTER_Z, LOWER_CASE_BIT, NEWLINE, ZERO } from "../text/ascii.ts";
import { NO_KIND } from "../text/kind-letter.ts";
import { kindOfWord } from "../text/kind-word.ts";
import { NumberReader } from "../text/number-reader.ts";
import type { ReportCounts } from "../trace-report.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import type { TraceUnitOrUndecided } from "../trace-unit.ts";
import type { CsvErrors } from "./csv-errors.ts";
import { requireUsualColumns } from "./csv-default-column.ts";
import { columnNumber, isHeader } from "./csv-first-line.ts";
import type { CsvOptions } from "./csv-options.ts";
import type { CsvRecord } from "./csv-record.ts";
import { UnitChoice } from "./unit-choice.ts";

/** An access of more than 256 MiB is taken for a mistake in the choice of columns: it would touch 65,536 pages. */
const MAX_ACCESS_BYTES = 2 ** 28;
const NO_COLUMN = 0;
/** Between the parts of a space's name: ASCII's unit separator. */
const SPACE_SEPARATOR = 0x1f;

export interface CsvRowsOptions {
  readonly recorder: TraceRecorder;
  readonly file: string;
  readonly options: CsvOptions;
  /** Whether the page's column was not given. */
  readonly isColumnDefault: boolean;
  readonly unit: TraceUnitOrUndecided;
  readonly errors: CsvErrors;
  readonly counts: ReportCounts;
}

/** Turns the records of a CSV into references, whichever reader split them. */
export class CsvRows {
  /** The names in the first line, if it was one of names. */
  header: readonly string[] | undefined;
  /** How many fields of a record must be known. */
  neededColumns = 0;
  /** Whether it is known what the first line is: until then records come whole. */
  settled = false;
  readonly #recorder: TraceRecorder;
  readonly #file: string;
  readonly #options: CsvOptions;
  readonly #isColumnDefault: boolean;
  readonly #unit: TraceUnitOrUndecided;
  readonly #errors: CsvErrors;
  readonly #counts: ReportCounts;
  readonly #number = new NumberReader();
  readonly #choice: UnitChoice;
  readonly #isDecimal: boolean;
  readonly #isObject: boolean;
  #first: CsvRecord | undefined;
  #pageColumn = NO_COLUMN;
  #sizeColumn = NO_COLUMN;
  #kindColumn = NO_COLUMN;
  #spaceColumns: number[] = [];
  #space = new Uint8Array(256);

  constructor({ recorder, file, options, isColumnDefault, unit, errors, counts }: CsvRowsOptions) {
    this.#recorder = recorder;
    this.#file = file;
    this.#options = options;
    this.#isColumnDefault = isColumnDefault;
    this.#unit = unit;
    this.#errors = errors;
    this.#counts = counts;
    this.#isDecimal = options.numbers === "decimal";
    this.#isObject = unit === "object";
    this.#choice = new UnitChoice(recorder, file, "csv", unit, options);
  }

  /** Takes a record; before `settled` with all its fields, and the record must not be used again. */
  take(record: CsvRecord): void {
    if (this.settled) this.#readRow(record);
    else if (this.#first === undefined) this.#first = record;
    else this.#settle(this.#first, record);
  }

  /** The only column that is read, if it holds decimal numbers that are known to be pages or may be; else 0. */
  get plainColumn(): number {
    const others = this.#sizeColumn !== NO_COLUMN || this.#kindColumn !== NO_COLUMN || this.#spaceColumns.length > 0;
    return !this.settled || others || this.#isObject || !this.#isDecimal || this.#choice.isAddress ? NO_COLUMN : this.#pageColumn;
  }

  /** Takes the load of a page whose number begins at `start`, if there is nothing but this number; else nothing happens. */
  takePlain(bytes: Uint8Array, start: number, delimiter: number): boolean {
    const number = this.#number;
    const end = number.read(bytes, start);
    if (end < 0 || !(bytes[end] === delimiter || bytes[end] === NEWLINE)) return false;
    if (this.#choice.undecided) {
      if (number.hexadecimal || this.#choice.isDoubtful(number.high, number.low)) return false;
      this.#choice.note(number.low);
    }
    this.#recorder.touchPage(number.high, number.low, AccessKind.Load);
    return true;
  }

  /** To be called at the end: a file of one line has no second one. */
  finish(): void {
    if (!this.settled && this.#first !== undefined) this.#settle(this.#first, undefined);
    this.#choice.finish();
  }

  #settle(first: CsvRecord, second: CsvRecord | undefined): void {
    const { pageColumn, sizeColumn, kindColumn, spaceColumn } = this.#options;
    const lines = { file: this.#file, first: first.texts(), line: first.line, second: second?.texts() };
    if (isHeader(lines, this.#options, this.#unit)) this.header = lines.first;
    if (this.#isColumnDefault) requireUsualColumns(lines, this.header, this.#options);
    this.#pageColumn = columnNumber(pageColumn, this.header, lines);
    this.#spaceColumns = spaceColumn.map((column) => columnNumber(column, this.header, lines));
    if (sizeColumn !== undefined) this.#sizeColumn = columnNumber(sizeColumn, this.header, lines);
    if (kindColumn !== undefined) this.#kindColumn = columnNumber(kindColumn, this.header, lines);
    this.neededColumns = Math.max(this.#pageColumn, this.#sizeColumn, this.#kindColumn, ...this.#spaceColumns);
    this.settled = true;
    this.#first = undefined;
    if (this.header === undefined) this.#readRow(first);
    if (second !== undefined) this.#readRow(second);
  }

  #readRow(record: CsvRecord): void {
    if (record.count < this.neededColumns) this.#errors.refuseShort(record, this.neededColumns);
    const kind = this.#kindColumn === NO_COLUMN ? AccessKind.Load : this.#readKind(record);
    if (this.#spaceColumns.length > 0) this.#enterSpace(record);
    if (this.#isObject) this.#touchObject(record, kind);
    else this.#touchNumber(record, kind);
  }

  #readKind(record: CsvRecord): number {
    const column = this.#kindColumn;
    const kind = kindOfWord(record.bytes, record.startOf(column), record.endOf(column));
    if (kind === NO_KIND) this.#errors.refuseField(record, column, "no access kind");
    return kind;
  }

  #touchObject(record: CsvRecord, kind: number): void {
    const [start, end] = [record.startOf(this.#pageColumn), record.endOf(this.#pageColumn)];
    if (start >= end) this.#errors.refuseField(record, this.#pageColumn, "no object's id");
    this.#recorder.touchObject(record.bytes, start, end, kind);
  }

  #touchNumber(record: CsvRecord, kind: number): void {
    const size = this.#sizeColumn === NO_COLUMN ? 1 : this.#readSize(record);
    const hexadecimal = this.#readPage(record);
    const { high, low } = this.#number;
    this.#choice.note(low);
    if (this.#choice.undecided && (hexadecimal || this.#choice.isDoubtful(high, low))) {
      const column = this.#pageColumn;
      this.#choice.requireDecided(record.bytes, record.startOf(column), record.endOf(column), record.line, column);
    }
    if (!this.#choice.isAddress) this.#recorder.touchPage(high, low, kind);
    else if (!this.#recorder.touchBytes(high, low, size, kind)) this.#refuseEnd(record);
  }

  #refuseEnd(record: CsvRecord): never {
    this.#errors.refuseField(record, this.#sizeColumn, "a size that reaches beyond the last address, 2^64 - 1");
  }

  /** Gives the bytes accessed; one for a request of size 0, which touches its page all the same. */
  #readSize(record: CsvRecord): number {
    const column = this.#sizeColumn;
    const end = this.#number.read(record.bytes, record.startOf(column));
    const size = this.#number.high === 0 ? this.#number.low : Infinity;
    if (end !== record.endOf(column) || size > MAX_ACCESS_BYTES) {
      this.#errors.refuseField(record, column, `not a size from 0 to ${MAX_ACCESS_BYTES} bytes`);
    }
    if (size > 0) return size;
    this.#counts.zeroSizeRequests += 1;
    return 1;
  }

  /** Reads the number in the page column, and whether it is hexadecimal. */
  #readPage(record: CsvRecord): boolean {
    const column = this.#pageColumn;
    const start = record.startOf(column);
    const bare = !this.#isDecimal && !isPrefixed(record.bytes, start);
    const end = bare ? this.#number.readHexadecimal(record.bytes, start) : this.#number.read(record.bytes, start);
    if (end !== record.endOf(column)) this.#errors.refuseField(record, column, this.#expected(record, column));
    return bare || this.#number.hexadecimal;
  }

  #expected(record: CsvRecord, column: number): string {
    const number = "not a number of at most 64 bits";
    const first = record.bytes[record.startOf(column)] | LOWER_CASE_BIT;
    if (first >= LETTER_A && first <= LETTER_Z) return `${number} (if its values are the names of objects, say --unit object)`;
    return `${number} (whole, without sign, exponent or thousands separators)`;
  }

  #enterSpace(record: CsvRecord): void {
    let length = 0;
    for (const column of this.#spaceColumns) {
      const [start, end] = [record.startOf(column), record.endOf(column)];
      if (start >= end) this.#errors.refuseField(record, column, "no name or number of a space");
      if (length + end - start + 1 > this.#space.length) this.#growSpace(length + end - start + 1);
      if (length > 0) this.#space[length++] = SPACE_SEPARATOR;
      for (let at = start; at < end; at += 1) {
        const byte = record.bytes[at];
        if (byte === SPACE_SEPARATOR) this.#errors.refuseField(record, column, "a name with a control character in it");
        this.#space[length++] = byte;
      }
    }
    this.#recorder.enterSpace(this.#space, 0, length);
  }

  #growSpace(needed: number): void {
    const larger = new Uint8Array(2 * needed);
    larger.set(this.#space);
    this.#space = larger;
  }
}

function isPrefixed(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === ZERO && (bytes[start + 1] | LOWER_CASE_BIT) === LETTER_X;
}
