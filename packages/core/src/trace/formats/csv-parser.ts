import { assert } from "../../assert/index.ts";
import * as ascii from "../text/ascii.ts";
import { decodeText } from "../text/decode-text.ts";
import { LineSplitter, MAX_LINE_BYTES } from "../text/line-splitter.ts";
import type { TraceParser } from "../trace-parser.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import { ReportCounts, type TraceReport } from "../trace-report.ts";
import type { TraceUnitOrUndecided } from "../trace-unit.ts";
import { findDelimiter } from "./csv-delimiter.ts";
import { CsvErrors } from "./csv-errors.ts";
import { completeCsvOptions, type CsvOptions } from "./csv-options.ts";
import type { CsvRecordReader, OpenCsvRecordReader } from "./csv-reader.ts";
import { CsvRecord } from "./csv-record.ts";
import { CsvRows } from "./csv-rows.ts";

// Taken out of the namespace once: see lackey-parser.ts.
const { CARRIAGE_RETURN, NEWLINE, QUOTATION_MARK, SPACE, TAB } = ascii;

/** Fields of a record whose columns are not settled yet. */
const MAX_FIELDS = 1000;

export interface CsvParserOptions {
  readonly recorder: TraceRecorder;
  readonly file: string;
  readonly unit: TraceUnitOrUndecided;
  readonly csv: Partial<CsvOptions>;
  readonly openReader: OpenCsvRecordReader | undefined;
}

/**
 * CSV in UTF-8 or any other encoding that extends ASCII. Lines without quotes are cut here; from the first line with one
 * on, the reader that was handed in cuts the records.
 */
export class CsvParser implements TraceParser {
  readonly #recorder: TraceRecorder;
  readonly #file: string;
  readonly #unit: TraceUnitOrUndecided;
  readonly #isColumnDefault: boolean;
  readonly #openReader: OpenCsvRecordReader | undefined;
  readonly #counts = new ReportCounts();
  readonly #lines = new LineSplitter(
    (bytes, start, end) => this.#parseLines(bytes, start, end),
    () => this.#errors.refuseLongLine(this.#line),
  );
  #options: CsvOptions;
  #errors: CsvErrors;
  #rows: CsvRows | undefined;
  #record = new CsvRecord(0);
  #line = 1;
  /** What has come before the delimiter is known. */
  #head: Uint8Array = new Uint8Array(0);
  #reader: CsvRecordReader | undefined;

  constructor({ recorder, file, unit, csv, openReader }: CsvParserOptions) {
    this.#recorder = recorder;
    this.#file = file;
    this.#unit = unit;
    this.#openReader = openReader;
    this.#isColumnDefault = csv.pageColumn === undefined;
    this.#options = completeCsvOptions(csv, unit);
    this.#errors = new CsvErrors(file, this.#options, unit);
  }

  feed(bytes: Uint8Array): void | Promise<void> {
    if (this.#options.delimiter !== undefined) return this.#route(bytes);
    const head = joined(this.#head, bytes);
    const firstLine = firstLineOf(head);
    if (firstLine === undefined && head.length > MAX_LINE_BYTES) this.#errors.refuseLongLine(1);
    this.#head = head;
    return firstLine === undefined ? undefined : this.#begin(firstLine);
  }

  finish(): void | Promise<void> {
    if (this.#options.delimiter !== undefined) return this.#end();
    const fed = this.#begin(this.#head);
    return fed === undefined ? this.#end() : fed.then(() => this.#end());
  }

  /** Finds the delimiter in the first line, and takes what has come so far. */
  #begin(firstLine: Uint8Array): void | Promise<void> {
    const delimiter = findDelimiter(decodeText(firstLine), this.#file);
    this.#options = { ...this.#options, delimiter };
    this.#errors = new CsvErrors(this.#file, this.#options, this.#unit);
    const head = this.#head;
    this.#head = new Uint8Array(0);
    return this.#route(head);
  }

  #route(bytes: Uint8Array): void | Promise<void> {
    if (this.#reader !== undefined) return this.#reader.feed(bytes);
    const quote = this.#options.quotes === "none" ? -1 : bytes.indexOf(QUOTATION_MARK);
    if (quote < 0) {
      this.#lines.feed(bytes);
      return undefined;
    }
    const start = bytes.subarray(0, quote).lastIndexOf(NEWLINE) + 1;
    this.#lines.feed(bytes.subarray(0, start));
    return this.#handOver(joined(this.#lines.takeRest(), bytes.subarray(start)));
  }

  /** From this line on quotes may enclose anything. */
  #handOver(bytes: Uint8Array): void | Promise<void> {
    if (this.#openReader === undefined) this.#errors.refuse(this.#line, undefined, "quotes cannot be read here");
    this.#reader = this.#openReader({
      delimiter: this.#delimiter,
      line: this.#line,
      receive: (record) => this.#takeRecord(record),
      receiveEmptyLine: () => this.#countEmpty(),
      refuse: (line, column, found) => this.#errors.refuse(line, column, found),
    });
    return this.#reader.feed(bytes);
  }

  #end(): void | Promise<void> {
    if (this.#reader === undefined) {
      this.#lines.finish();
      return this.#finishRows();
    }
    const ended = this.#reader.finish();
    return ended === undefined ? this.#finishRows() : ended.then(() => this.#finishRows());
  }

  report(): TraceReport {
    const { delimiter } = this.#options;
    const header = this.#rows?.header;
    return {
      ...this.#counts.report(),
      ...(header === undefined ? {} : { header }),
      ...(delimiter === undefined ? {} : { delimiter }),
    };
  }

  #finishRows(): void {
    this.#rows?.finish();
    if (this.#recorder.referenceCount === 0) this.#errors.refuseEmpty("there is no line of data in it");
    this.#recorder.flush();
  }

  get #delimiter(): string {
    const { delimiter } = this.#options;
    assert(delimiter !== undefined, "records are cut only after the delimiter is known");
    return delimiter;
  }

  get #openRows(): CsvRows {
    this.#rows ??= new CsvRows({
      recorder: this.#recorder,
      file: this.#file,
      options: this.#options,
      isColumnDefault: this.#isColumnDefault,
      unit: this.#unit,
      errors: this.#errors,
      counts: this.#counts,
    });
    return this.#rows;
  }

  #takeRecord(record: CsvRecord): void {
    this.#openRows.take(record);
  }

  #countEmpty(): void {
    this.#counts.skipped.empty += 1;
  }

  #parseLines(bytes: Uint8Array, start: number, end: number): void {
    const rows = this.#openRows;
    const delimiter = this.#delimiter.charCodeAt(0);
    let at = start;
    while (at < end && !rows.settled) at = this.#parseWholeLine(bytes, at, delimiter, rows);
    if (at === end) return;
    if (this.#record.starts.length !== rows.neededColumns + 1) this.#record = new CsvRecord(rows.neededColumns);
    const record = this.#record;
    record.bytes = bytes;
    let carriageReturn = bytes.indexOf(CARRIAGE_RETURN, at);
    const { plainColumn } = rows;
    while (at < end) {
      if (plainColumn > 0 && carriageReturn < 0) {
        const next = this.#takePlainLine(bytes, at, delimiter, plainColumn, rows);
        if (next > 0) {
          at = next;
          continue;
        }
      }
      const next = cutLine(record, at, delimiter);
      if (carriageReturn >= 0) carriageReturn = this.#checkCarriageReturn(bytes, at, next, carriageReturn);
      if (next - 1 - at > MAX_LINE_BYTES) this.#errors.refuseLongLine(this.#line);
      record.line = this.#line;
      if (isBlankLine(bytes, at, delimiter)) this.#countEmpty();
      else rows.take(record);
      this.#line += 1;
      at = next;
    }
  }

  /**
   * Takes a line of which one column is read that holds a number and nothing else, at half again the speed of others.
   * Returns the start of the next line; 0 if the line is none such, and nothing was taken.
   */
  #takePlainLine(bytes: Uint8Array, start: number, delimiter: number, column: number, rows: CsvRows): number {
    let at = start;
    for (let left = column - 1; left > 0; at += 1) {
      if (bytes[at] === NEWLINE) return 0;
      if (bytes[at] === delimiter) left -= 1;
    }
    const next = bytes.indexOf(NEWLINE, at) + 1;
    if (next - 1 - start > MAX_LINE_BYTES || !rows.takePlain(bytes, at, delimiter)) return 0;
    this.#line += 1;
    return next;
  }

  /** Refuses the line if a carriage return stands before its end; gives the next one at or behind `start`, or -1. */
  #checkCarriageReturn(bytes: Uint8Array, start: number, next: number, known: number): number {
    const place = known >= 0 && known < start ? bytes.indexOf(CARRIAGE_RETURN, start) : known;
    if (place >= 0 && place < next - 2) this.#errors.refuseCarriageReturn(bytes, start, this.#line);
    return place;
  }

  /** One of the first lines, with all its fields and bytes of its own. Returns the start of the next line. */
  #parseWholeLine(bytes: Uint8Array, start: number, delimiter: number, rows: CsvRows): number {
    const next = bytes.indexOf(NEWLINE, start) + 1;
    if (next - 1 - start > MAX_LINE_BYTES) this.#errors.refuseLongLine(this.#line);
    this.#checkCarriageReturn(bytes, start, next, bytes.subarray(0, next).indexOf(CARRIAGE_RETURN, start));
    if (isBlankLine(bytes, start, delimiter)) this.#countEmpty();
    else {
      const record = new CsvRecord(MAX_FIELDS);
      record.bytes = bytes.slice(start, next);
      record.line = this.#line;
      cutLine(record, 0, delimiter);
      rows.take(record);
    }
    this.#line += 1;
    return next;
  }
}

/** Finds the fields of the line at `start`, as many as the record holds; returns the start of the next line. */
function cutLine(record: CsvRecord, start: number, delimiter: number): number {
  const { bytes, starts, ends } = record;
  const last = starts.length - 1;
  let column = 1;
  let at = start;
  starts[1] = start;
  for (;;) {
    const byte = bytes[at];
    if (byte === NEWLINE) {
      ends[column] = at > starts[column] && bytes[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
      record.count = column;
      return at + 1;
    }
    if (byte === delimiter) {
      ends[column] = at;
      if (column === last) {
        record.count = column;
        return bytes.indexOf(NEWLINE, at) + 1;
      }
      column += 1;
      starts[column] = at + 1;
    }
    at += 1;
  }
}

function isBlankLine(bytes: Uint8Array, start: number, delimiter: number): boolean {
  let at = start;
  while (bytes[at] !== delimiter && (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CARRIAGE_RETURN)) at += 1;
  return bytes[at] === NEWLINE;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** The first line that is not blank, without its newline; undefined if it is not complete. */
function firstLineOf(bytes: Uint8Array): Uint8Array | undefined {
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    const line = bytes.subarray(start, end);
    if (line.some((byte) => byte !== SPACE && byte !== TAB && byte !== CARRIAGE_RETURN)) return line;
    start = end + 1;
  }
  return undefined;
}
