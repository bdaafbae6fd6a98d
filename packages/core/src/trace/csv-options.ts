import { BallastError } from "../errors/index.ts";

/** How the columns of a CSV trace are to be read. Columns count from 1, as in libCacheSim. */
export interface CsvOptions {
  /** The column that says which page; 2 by default, as in `time, object, size`. */
  readonly pageColumn: number;
  /** What stands in it: `page`, a page number (a libCacheSim object id), or `address`, in bytes. `page` by default. */
  readonly pageIs: "page" | "address";
  /** With `address`: the column with the number of bytes accessed; without it an access touches one page. */
  readonly sizeColumn?: number;
  /** The column whose first letter says the kind (I; L, R or G; S, W or P; M); without it every access is a load. */
  readonly kindColumn?: number;
  /** The character between columns; a comma by default. */
  readonly delimiter: string;
  /** Whether the first line is names; `auto` (the default): it is if its page column does not begin with a digit. */
  readonly header: "auto" | "present" | "absent";
}

const DEFAULTS: CsvOptions = { pageColumn: 2, pageIs: "page", delimiter: ",", header: "auto" };
const LAST_COLUMN = 1000;

/** Completes the options, or throws a `BallastError` that lists what is wrong with them. */
export function completeCsvOptions(options: Partial<CsvOptions>): CsvOptions {
  const completed = { ...DEFAULTS, ...options };
  const problems = [];
  for (const path of ["pageColumn", "sizeColumn", "kindColumn"] as const) {
    const column = completed[path];
    if (column === undefined || (Number.isInteger(column) && column >= 1 && column <= LAST_COLUMN)) continue;
    problems.push({ path: `/${path}`, message: `${column} is not a column: columns go from 1 to ${LAST_COLUMN}` });
  }
  if (!/^[\t\x20-\x7e]$/.test(completed.delimiter) || /[0-9A-Za-z"]/.test(completed.delimiter)) {
    const delimiter = JSON.stringify(completed.delimiter);
    const message = `${delimiter} is not one ASCII character that is no letter, digit or quote`;
    problems.push({ path: "/delimiter", message });
  }
  if (completed.sizeColumn !== undefined && completed.pageIs === "page") {
    problems.push({ path: "/sizeColumn", message: "a size means something only with pageIs: address" });
  }
  if (problems.length > 0) {
    const lines = problems.map((problem) => `${problem.path}: ${problem.message}`).join("; ");
    throw new BallastError("INPUT_INVALID", `The CSV options cannot be used: ${lines}.`, { problems });
  }
  return completed;
}
