import { completeCsvOptions, type CsvOptions } from "@ballast/core/trace";
import { InvalidArgumentError } from "commander";

const WHOLE: ReadonlySet<string> = new Set(["pageColumn", "sizeColumn", "kindColumn"]);
const KEYS: readonly (keyof CsvOptions)[] = ["pageColumn", "pageIs", "sizeColumn", "kindColumn", "delimiter", "header"];

/** One `--csv name=value`: where a CSV trace has its page, size and kind. See docs/traces.md. */
export function parseCsvOption(text: string, before: Partial<CsvOptions> = {}): Partial<CsvOptions> {
  const at = text.indexOf("=");
  const key = KEYS.find((name) => name === text.slice(0, at));
  if (key === undefined) throw new InvalidArgumentError(`It must be name=value; the names are ${KEYS.join(", ")}.`);
  const value = text.slice(at + 1);
  const options = { ...before, [key]: WHOLE.has(key) ? Number(value) : value };
  checkWord(key, value);
  completeCsvOptions({ pageIs: "address", ...options });
  return options;
}

function checkWord(key: string, value: string): void {
  const words = key === "pageIs" ? ["page", "address"] : key === "header" ? ["auto", "present", "absent"] : [value];
  if (!words.includes(value)) throw new InvalidArgumentError(`${key} must be ${words.join(" or ")}, not ${value}.`);
}
