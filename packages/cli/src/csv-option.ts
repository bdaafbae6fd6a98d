import { completeCsvOptions, CSV_OPTION_KINDS, type CsvColumn, type CsvOptions } from "@ballast/core/trace/options";
import { InvalidArgumentError } from "commander";

type Key = keyof CsvOptions;

const KEYS = Object.keys(CSV_OPTION_KINDS) as readonly Key[];
const NUMBER = /^\d+$/;

/** One `--csv name=value`: how the columns of a CSV trace are to be read. See docs/traces.md. */
export function parseCsvOption(text: string, before: Partial<CsvOptions> = {}): Partial<CsvOptions> {
  const at = text.indexOf("=");
  const key = KEYS.find((name) => name === text.slice(0, at));
  if (key === undefined) throw new InvalidArgumentError(`It must be name=value; the names are ${KEYS.join(", ")}.${hint(text)}`);
  const value = text.slice(at + 1);
  const kind = CSV_OPTION_KINDS[key];
  if (kind !== "columns" && before[key] !== undefined) throw new InvalidArgumentError(`${key} is given twice.`);
  const parsed = kind === "columns" ? [...(before.spaceColumn ?? []), column(value)] : kind === "column" ? column(value) : value;
  const options: Partial<CsvOptions> = { ...before, [key]: parsed };
  completeCsvOptions(options);
  return options;
}

function column(value: string): CsvColumn {
  return NUMBER.test(value) ? Number(value) : value;
}

function hint(text: string): string {
  return text.startsWith("pageIs=") ? " What the page column holds is said by --unit page, address or object." : "";
}
