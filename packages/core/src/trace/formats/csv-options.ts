import { BallastError, type Problem } from "../../errors/index.ts";
import type { TraceUnitOrUndecided } from "../trace-unit.ts";

/** A column by its number, from 1, or by its name in the first line. */
export type CsvColumn = number | string;

/** How the columns of a CSV trace are to be read. Columns count from 1, as in libCacheSim. */
export interface CsvOptions {
  /** The column that tells which page (or address, or object); 2 by default, as in `time, object, size`. */
  readonly pageColumn: CsvColumn;
  /** Columns of numbers or words that tell where the page lies: a disk, a process. Equal pages elsewhere are others. */
  readonly spaceColumn: readonly CsvColumn[];
  /** For addresses: the column with the number of bytes accessed; without it an access touches one page. */
  readonly sizeColumn?: CsvColumn;
  /** The column that tells the kind by a letter (I; L, R or G; S, W or P; M) or a word; without it every access is a load. */
  readonly kindColumn?: CsvColumn;
  /** The character between columns; the only one of comma, semicolon, tab, blank in the first line if not given. */
  readonly delimiter?: string;
  /** Whether the first line is names; `auto` finds out, or refuses the file where that is not sure. */
  readonly header: "auto" | "present" | "absent";
  /** How numbers without 0x in the page column are written. */
  readonly numbers: "decimal" | "hexadecimal";
  /** Whether double quotes enclose fields, as in RFC 4180, or are characters like any other. */
  readonly quotes: "double" | "none";
}

const DEFAULTS: CsvOptions = {
  pageColumn: 2,
  spaceColumn: [],
  header: "auto",
  numbers: "decimal",
  quotes: "double",
};
const MAX_COLUMN = 1000;
const WORDS = {
  header: ["auto", "present", "absent"],
  numbers: ["decimal", "hexadecimal"],
  quotes: ["double", "none"],
} as const satisfies Partial<Record<keyof CsvOptions, readonly string[]>>;
/** What a delimiter that is hard to type may be called. */
const DELIMITER_NAMES = new Map([
  ["\\t", "\t"],
  ["tab", "\t"],
  ["blank", " "],
  ["space", " "],
  ["comma", ","],
  ["semicolon", ";"],
]);

/** Every option with how it is given: one place that command line and API take their names from. */
export const CSV_OPTION_KINDS = {
  pageColumn: "column",
  spaceColumn: "columns",
  sizeColumn: "column",
  kindColumn: "column",
  delimiter: "text",
  header: "word",
  numbers: "word",
  quotes: "word",
} as const satisfies Record<keyof CsvOptions, "column" | "columns" | "text" | "word">;

/** Completes the options, or throws a `BallastError` that lists what is wrong with them. */
export function completeCsvOptions(options: Partial<CsvOptions>, unit: TraceUnitOrUndecided = "address"): CsvOptions {
  const completed: CsvOptions = { ...DEFAULTS, ...options };
  const problems: Problem[] = [...columnProblems(completed), ...wordProblems(completed)];
  const delimiter = options.delimiter === undefined ? undefined : (DELIMITER_NAMES.get(options.delimiter) ?? options.delimiter);
  if (delimiter !== undefined && (!/^[\t\x20-\x7e]$/.test(delimiter) || /[0-9A-Za-z"+-]/.test(delimiter))) {
    const message = `${JSON.stringify(delimiter)} is not one ASCII character that is no letter, digit, sign or quote`;
    problems.push({ path: "/delimiter", message: `${message}; tab and blank may be called by these names` });
  }
  if (completed.sizeColumn !== undefined && unit !== "address") {
    problems.push({ path: "/sizeColumn", message: "sizes are of addresses: they need --unit address (unit: address)" });
  }
  if (completed.numbers === "hexadecimal" && unit === "object") {
    problems.push({ path: "/numbers", message: "object ids are texts, whatever their digits" });
  }
  if (usesNames(completed) && completed.header === "absent") {
    problems.push({ path: "/header", message: "columns that are named need a first line of names" });
  }
  if (problems.length > 0) {
    const lines = problems.map((problem) => `${problem.path}: ${problem.message}`).join("; ");
    throw new BallastError("INPUT_INVALID", `The CSV options cannot be used: ${lines}.`, { problems });
  }
  return delimiter === undefined ? completed : { ...completed, delimiter };
}

/** Every column that is read, each once per use. */
export function columnsOf(options: CsvOptions): CsvColumn[] {
  const { pageColumn, spaceColumn, sizeColumn, kindColumn } = options;
  return [pageColumn, ...spaceColumn, sizeColumn, kindColumn].filter((column) => column !== undefined);
}

export function usesNames(options: CsvOptions): boolean {
  return columnsOf(options).some((column) => typeof column === "string");
}

function columnProblems(options: CsvOptions): Problem[] {
  const problems: Problem[] = [];
  for (const key of ["pageColumn", "spaceColumn", "sizeColumn", "kindColumn"] as const) {
    const columns = [options[key]].flat() as readonly (CsvColumn | undefined)[];
    for (const column of columns) {
      if (column === undefined || isColumn(column)) continue;
      const message = `${JSON.stringify(column)} is not a column: columns go from 1 to ${MAX_COLUMN}, or are named`;
      problems.push({ path: `/${key}`, message });
    }
  }
  return problems;
}

function isColumn(column: CsvColumn): boolean {
  if (typeof column === "string") return column !== "";
  return Number.isInteger(column) && column >= 1 && column <= MAX_COLUMN;
}

function wordProblems(options: CsvOptions): Problem[] {
  return Object.entries(WORDS).flatMap(([key, words]) => {
    const word: string = options[key as keyof typeof WORDS];
    if ((words as readonly string[]).includes(word)) return [];
    return [{ path: `/${key}`, message: `${JSON.stringify(word)} is not ${words.join(" or ")}` }];
  });
}
