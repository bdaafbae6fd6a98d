import { TraceError } from "../trace-error.ts";
import type { TraceUnitOrUndecided } from "../trace-unit.ts";
import { type CsvColumn, type CsvOptions, usesNames } from "./csv-options.ts";

const NUMBER = /^[-+]?(?:0x[0-9a-f]+|\d[\d,]*(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+)$/i;
const HEX_NUMBER = /^[0-9a-f]+$/i;

export interface FirstLines {
  readonly file: string;
  readonly first: readonly string[];
  readonly line: number;
  /** The fields of the next line that is not empty; undefined if there is none. */
  readonly second: readonly string[] | undefined;
}

/** Whether the first line holds names and not data. Throws a `TraceError` where that is not sure. */
export function isHeader(lines: FirstLines, options: CsvOptions, unit: TraceUnitOrUndecided): boolean {
  if (options.header !== "auto") return options.header === "present";
  const { first, second } = lines;
  const words = first.every((field) => !NUMBER.test(field)) && first.some((field) => field !== "");
  if (usesNames(options)) return words || refuseUnclear(lines, options, "columns are named, and it has numbers");
  const page = options.pageColumn as number;
  if (unit === "object") {
    if (!words) return false;
    if (second?.some((field) => NUMBER.test(field)) === true) return true;
    return refuseUnclear(lines, options, "no line tells words of data from names");
  }
  // Words such as add and face are hexadecimal numbers, too.
  if (words && isPageNumber(first[page - 1], options)) return refuseUnclear(lines, options, "names can be hexadecimal numbers");
  if (isPageNumber(first[page - 1], options)) return false;
  if (words && (second === undefined || isPageNumber(second[page - 1], options))) return true;
  // Neither line has a number there: data is wrong, or the wrong column was chosen. The line itself tells more.
  if (!words) return refuseUnclear(lines, options, `its column ${page} is no number, and other columns are`);
  return false;
}

/** The numbers of the columns, named ones looked up in the first line. */
export function columnNumber(column: CsvColumn, names: readonly string[] | undefined, lines: FirstLines): number {
  if (typeof column === "number") return column;
  const places = (names ?? []).flatMap((name, index) => (name === column ? [index + 1] : []));
  if (places.length === 1) return places[0];
  const found = `${places.length === 0 ? "no" : "more than one"} column is named ${JSON.stringify(column)}`;
  const advice = `The first line has the names ${lines.first.map((name) => JSON.stringify(name)).join(", ")}.`;
  throw new TraceError("header-unclear", { file: lines.file, format: "csv", line: lines.line }, found, advice);
}

function isPageNumber(field: string | undefined, options: CsvOptions): boolean {
  if (field === undefined) return false;
  return NUMBER.test(field) || (options.numbers === "hexadecimal" && HEX_NUMBER.test(field));
}

function refuseUnclear(lines: FirstLines, options: CsvOptions, why: string): never {
  const fields = lines.first.map((field) => JSON.stringify(field)).join(" ");
  const found = `the first line (${fields.slice(0, 200)}) may be names or data: ${why}`;
  const advice =
    "Say which with --csv header=present or header=absent (header: PRESENT or ABSENT). " +
    `Read so far as column ${options.pageColumn} of the page, with ${JSON.stringify(options.delimiter)} between columns.`;
  throw new TraceError("header-unclear", { file: lines.file, format: "csv", line: lines.line }, found, advice);
}
