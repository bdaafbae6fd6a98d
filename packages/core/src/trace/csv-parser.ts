import { AccessKind } from "../events/index.ts";
import { CARRIAGE_RETURN, NEWLINE, QUOTATION_MARK, SPACE, TAB, ZERO } from "./ascii.ts";
import { completeCsvOptions, type CsvOptions } from "./csv-options.ts";
import { kindOfLetter, NO_KIND } from "./kind-letter.ts";
import { LineParser } from "./line-parser.ts";
import { MOST_LINE_BYTES } from "./line-splitter.ts";
import { NumberReader } from "./number-reader.ts";
import { ParserErrors } from "./parser-errors.ts";
import type { TraceRecorder } from "./trace-recorder.ts";

/** An access of more than 256 MiB is taken for a mistake in the choice of columns: it would touch 65,536 pages. */
const MOST_ACCESS_BYTES = 2 ** 28;

/** CSV as libCacheSim reads it: numbers in chosen columns, bare or in double quotes; other columns hold anything. */
export class CsvParser extends LineParser {
  readonly #options: CsvOptions;
  readonly #delimiter: number;
  readonly #number = new NumberReader();
  /** Where each column begins, from 1, as far as columns are needed; and where the line ends. */
  readonly #starts: Int32Array;
  #columnCount = 0;

  constructor(recorder: TraceRecorder, file: string, options: Partial<CsvOptions> = {}) {
    const complete = completeCsvOptions(options);
    super(recorder, new ParserErrors(file, "csv", describeColumns(complete)), "line of data");
    this.#options = complete;
    this.#delimiter = this.#options.delimiter.charCodeAt(0);
    const { pageColumn, sizeColumn = 0, kindColumn = 0 } = this.#options;
    this.#starts = new Int32Array(Math.max(pageColumn, sizeColumn, kindColumn) + 1);
  }

  protected parseLines(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      const next = this.#findColumns(bytes, at);
      if (next - 1 - at > MOST_LINE_BYTES) this.errors.refuseLongLine(this.line);
      if (!isBlank(bytes, at) && !(this.line === 1 && this.#isHeader(bytes))) this.#parseLine(bytes, at);
      this.line += 1;
      at = next;
    }
  }

  /** Returns the start of the next line. */
  #findColumns(bytes: Uint8Array, start: number): number {
    const starts = this.#starts;
    const last = starts.length - 1;
    let column = 1;
    let at = start;
    starts[1] = start;
    while (column < last && bytes[at] !== NEWLINE) {
      if (bytes[at] === this.#delimiter) {
        column += 1;
        starts[column] = at + 1;
      }
      at += 1;
    }
    this.#columnCount = column;
    return bytes.indexOf(NEWLINE, at) + 1;
  }

  #isHeader(bytes: Uint8Array): boolean {
    if (this.#options.header !== "auto") return this.#options.header === "present";
    if (this.#columnCount < this.#options.pageColumn) return false;
    const first = (bytes[this.#valueStart(bytes, this.#options.pageColumn)]) - ZERO;
    return first < 0 || first > 9;
  }

  #parseLine(bytes: Uint8Array, start: number): void {
    const { pageColumn, kindColumn, sizeColumn, pageIs } = this.#options;
    let kind: number = AccessKind.Load;
    if (kindColumn !== undefined) {
      this.#requireColumn(bytes, start, kindColumn);
      kind = kindOfLetter(bytes[this.#valueStart(bytes, kindColumn)]);
      if (kind === NO_KIND) this.errors.refuseLine(bytes, start, this.line, `no access kind in column ${kindColumn}`);
    }
    let size = 1;
    if (sizeColumn !== undefined) {
      this.#readNumber(bytes, start, sizeColumn);
      size = this.#number.high === 0 ? this.#number.low : Infinity;
      if (size === 0 || size > MOST_ACCESS_BYTES) {
        const what = `column ${sizeColumn} is not a size from 1 to ${MOST_ACCESS_BYTES} bytes`;
        this.errors.refuseLine(bytes, start, this.line, what);
      }
    }
    this.#readNumber(bytes, start, pageColumn);
    if (pageIs === "page") this.recorder.touchPage(this.#number.high, this.#number.low, kind);
    else this.recorder.touchBytes(this.#number.high, this.#number.low, size, kind);
  }

  #requireColumn(bytes: Uint8Array, start: number, column: number): void {
    if (column <= this.#columnCount) return;
    const what = `the line has ${this.#columnCount} of the ${column} columns needed`;
    this.errors.refuseLine(bytes, start, this.line, what);
  }

  #readNumber(bytes: Uint8Array, start: number, column: number): void {
    this.#requireColumn(bytes, start, column);
    let at = this.#number.read(bytes, this.#valueStart(bytes, column));
    if (at >= 0) {
      while (isPadding(bytes[at])) at += 1;
      if (bytes[at] === this.#delimiter || bytes[at] === NEWLINE) return;
    }
    this.errors.refuseLine(bytes, start, this.line, `column ${column} is not a number of at most 64 bits`);
  }

  #valueStart(bytes: Uint8Array, column: number): number {
    let at = this.#starts[column];
    while (bytes[at] === SPACE || bytes[at] === QUOTATION_MARK) at += 1;
    return at;
  }
}

function isPadding(byte: number): boolean {
  return byte === SPACE || byte === QUOTATION_MARK || byte === CARRIAGE_RETURN;
}

function isBlank(bytes: Uint8Array, start: number): boolean {
  let at = start;
  while (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CARRIAGE_RETURN) at += 1;
  return bytes[at] === NEWLINE;
}

function describeColumns(options: CsvOptions): string {
  const { pageColumn, pageIs, sizeColumn, kindColumn, delimiter } = options;
  const columns = [`column ${pageColumn} the ${pageIs === "page" ? "page number" : "address in bytes"}`];
  if (sizeColumn !== undefined) columns.push(`column ${sizeColumn} the size in bytes`);
  if (kindColumn !== undefined) columns.push(`column ${kindColumn} the kind (I, L, R, S, W or M)`);
  const layout = `${columns.join(", ")}, with ${JSON.stringify(delimiter)} between columns`;
  return `Expected here: ${layout}. If the file is laid out otherwise, say which columns to read.`;
}
