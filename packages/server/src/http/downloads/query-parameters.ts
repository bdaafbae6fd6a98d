import { BallastError } from "@ballast/core/errors";

/** Reads the value of a parameter, or throws what is wrong with it. */
type Reader = (text: string, name: string) => unknown;

type Values<Readers extends Readonly<Record<string, Reader>>> = { readonly [Name in keyof Readers]?: ReturnType<Readers[Name]> };

/**
 * The parameters of an address, each as its reader reads it. One that is given several times is read as one list, with commas.
 * @throws BallastError INPUT_INVALID for a value that its reader refuses, and for a parameter that none reads.
 */
export function readParameters<Readers extends Readonly<Record<string, Reader>>>(
  search: URLSearchParams,
  readers: Readers,
): Values<Readers> {
  const given = [...new Set(search.keys())];
  const unknown = given.find((name) => !Object.hasOwn(readers, name));
  if (unknown !== undefined) {
    const known = Object.keys(readers).map((name) => `\`${name}\``);
    throw invalid(`this address has no parameter \`${unknown}\`; ${known.length === 0 ? "it has none" : `there are ${known.join(", ")}`}`);
  }
  return Object.fromEntries(given.map((name) => [name, readers[name]?.(search.getAll(name).join(","), `\`${name}\``)])) as Values<Readers>;
}

export function text(value: string, name: string): string {
  if (value !== "") return value;
  throw invalid(`${name} is empty`);
}

/** Names with commas between them. */
export function names(value: string, name: string): readonly string[] {
  const all = value.split(",").map((each) => each.trim());
  if (!all.includes("")) return all;
  throw invalid(`${name} must be names with commas between them, not ${JSON.stringify(value)}`);
}

export function wholeNumberFrom(min: 0 | 1): (value: string, name: string) => number {
  return (value, name) => {
    const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
    if (Number.isSafeInteger(number) && number >= min) return number;
    throw invalid(`${name} must be a whole number from ${min}, not ${JSON.stringify(value)}`);
  };
}

export function oneOf<Choice extends string>(choices: readonly Choice[]): (value: string, name: string) => Choice {
  return (value, name) => {
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    throw invalid(`${name} must be one of ${choices.join(", ")}, not ${JSON.stringify(value)}`);
  };
}

/** A day, from its begin in UTC, or a time with its zone. */
const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

export function date(value: string, name: string): Date {
  const read = new Date(DATE.test(value) ? value : Number.NaN);
  if (!Number.isNaN(read.getTime())) return read;
  throw invalid(`${name} must be a day (2026-11-23, from its begin in UTC) or a time with its zone (2026-11-23T18:00Z)`);
}

function invalid(message: string): BallastError {
  return new BallastError("INPUT_INVALID", message);
}
