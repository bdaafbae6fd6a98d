import { quoteBytes } from "../text/quote-bytes.ts";
import { ParserErrors } from "../text/parser-errors.ts";
import { TraceError } from "../trace-error.ts";
import type { TraceUnitOrUndecided } from "../trace-unit.ts";
import type { CsvColumn, CsvOptions } from "./csv-options.ts";
import type { CsvRecord } from "./csv-record.ts";

/** Refusals of records and of their fields. */
export class CsvErrors extends ParserErrors {
  readonly #file: string;
  readonly #advice: string;

  constructor(file: string, options: CsvOptions, unit: TraceUnitOrUndecided) {
    const advice = describeColumns(options, unit);
    super(file, "csv", advice);
    this.#file = file;
    this.#advice = advice;
  }

  refuseShort(record: CsvRecord, needed: number): never {
    const line = quoteBytes(record.bytes.subarray(record.starts[1], record.ends[record.count]));
    this.refuse(record.line, undefined, `the line has ${record.count} of the ${needed} columns needed: ${line}`);
  }

  /** `expected`: what the field is not, as "not a number" or "no access kind". */
  refuseField(record: CsvRecord, column: number, expected: string): never {
    const field = quoteBytes(record.bytes.subarray(record.starts[column], record.ends[column]));
    const found = `column ${column} is ${record.startOf(column) < record.endOf(column) ? expected : `${expected}: empty`}`;
    this.refuse(record.line, column, `${found}: ${field}`);
  }

  refuse(line: number, column: number | undefined, found: string): never {
    const place = { file: this.#file, format: "csv", line, ...(column === undefined ? {} : { column }) } as const;
    throw new TraceError("line-invalid", place, found, this.#advice);
  }
}

function describeColumns(options: CsvOptions, unit: TraceUnitOrUndecided): string {
  const { pageColumn, spaceColumn, sizeColumn, kindColumn, delimiter } = options;
  const what = { page: "the page number", address: "the address in bytes", object: "the object's id", undecided: "the page" };
  const columns = [`column ${shown(pageColumn)} ${what[unit]}`];
  if (spaceColumn.length > 0) columns.push(`column ${spaceColumn.map(shown).join(" and ")} the space`);
  if (sizeColumn !== undefined) columns.push(`column ${shown(sizeColumn)} the size in bytes`);
  if (kindColumn !== undefined)
    columns.push(`column ${shown(kindColumn)} the kind (a letter I, L, R, G, S, W, P or M, or a word such as read, write, get or set)`);
  const separated = delimiter === undefined ? "" : `, with ${JSON.stringify(delimiter)} between columns`;
  return `Expected here: ${columns.join(", ")}${separated}. If the file is laid out otherwise, say which columns to read.`;
}

function shown(column: CsvColumn): string {
  return typeof column === "number" ? String(column) : JSON.stringify(column);
}
