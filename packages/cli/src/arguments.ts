import { InvalidArgumentError } from "commander";

/** A whole number that is not negative, such as a seed, a position or a limit. */
export function parseWholeNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError(`It must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`);
}

export function parsePositive(text: string): number {
  const number = parseWholeNumber(text);
  if (number > 0) return number;
  throw new InvalidArgumentError("It must be above 0.");
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** A day, from its begin in UTC, or a time with its zone, as in ISO 8601. */
export function parseDate(text: string): Date {
  const date = new Date(DATE.test(text) ? text : Number.NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError("It must be a day (2026-11-23, from its begin in UTC) or a time with its zone (2026-11-23T18:00Z).");
}

/** Names with commas between them, each once. */
export function parseNames(text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw new InvalidArgumentError("It must be names with commas between them, such as: a,b,c");
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InvalidArgumentError(`It names ${twice} twice.`);
  return names;
}

export type Assignments = Readonly<Record<string, unknown>>;

/** Gathers `--set name=value` options. The policy's own schema says later whether name and value are right. */
export function parseAssignment(text: string, before: Assignments = {}): Assignments {
  const at = text.indexOf("=");
  const name = text.slice(0, at).trim();
  if (at === -1 || name === "" || text.slice(at + 1).trim() === "") {
    throw new InvalidArgumentError("It must look like name=value.");
  }
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`It sets ${name} twice.`);
  return { ...before, [name]: parseValue(text.slice(at + 1).trim()) };
}

function parseValue(text: string): unknown {
  if (text === "true") return true;
  if (text === "false") return false;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
