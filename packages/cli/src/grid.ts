import { InvalidArgumentError } from "commander";
import type { Assignments } from "./arguments.ts";

/** Values of names, each name with all of its values. */
export type Grid = Readonly<Record<string, readonly unknown[]>>;

/** Beyond these a single range is taken for a slip of the pen. */
const MAX_VALUES = 100_000;

/**
 * Gathers `--set` options of a sweep: `name=value`, `name=a,b,c`, or `name=from:to:step`, both ends included.
 */
export function parseGridOption(text: string, before: Grid = {}): Grid {
  const at = text.indexOf("=");
  const [name, values] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at === -1 || name === "" || values === "") {
    throw new InvalidArgumentError("It must look like name=value, name=a,b,c or name=from:to:step.");
  }
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`It sets ${name} twice.`);
  return { ...before, [name]: valuesOf(name, values) };
}

/** Every combination of the values, the last name's changing first. */
export function combinationsOf(grid: Grid): Assignments[] {
  return Object.entries(grid).reduce<Assignments[]>(
    (combinations, [name, values]) => combinations.flatMap((chosen) => values.map((value) => ({ ...chosen, [name]: value }))),
    [{}],
  );
}

/** How many combinations there are, without making them. */
export function countCombinations(grid: Grid): number {
  return Object.values(grid).reduce((count, values) => count * values.length, 1);
}

function valuesOf(name: string, text: string): readonly unknown[] {
  const range = /^([^:,]+):([^:,]+):([^:,]+)$/.exec(text);
  if (range !== null)
    return rangeOf(
      name,
      range.slice(1, 4).map((part) => part.trim()),
    );
  const values = text.split(",").map((part) => valueOf(name, part.trim()));
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new InvalidArgumentError(`It gives ${name} the value ${JSON.stringify(twice)} twice.`);
  return values;
}

function valueOf(name: string, text: string): unknown {
  if (text === "") throw new InvalidArgumentError(`${name} has an empty value between its commas.`);
  if (text === "true") return true;
  if (text === "false") return false;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** Steps are counted, and each value is rounded to the decimals that were written: 0:0.3:0.1 ends with 0.3. */
function rangeOf(name: string, parts: readonly string[]): number[] {
  const [from = NaN, to = NaN, step = NaN] = parts.map(Number);
  if (![from, to, step].every(Number.isFinite)) {
    throw new InvalidArgumentError(`The range of ${name} must be three numbers: from:to:step, such as 0:0.9:0.1.`);
  }
  const decimals = Math.max(...parts.map(decimalsOf));
  const steps = Number(((to - from) / step).toFixed(9));
  if (!(step !== 0 && steps >= 0)) {
    throw new InvalidArgumentError(`The range of ${name} goes from ${from} to ${to}: its step must lead there, and ${step} does not.`);
  }
  const count = Math.floor(steps) + 1;
  if (count > MAX_VALUES) throw new InvalidArgumentError(`The range of ${name} has ${count} values; at most ${MAX_VALUES}.`);
  return Array.from({ length: count }, (_, index) => Number((from + index * step).toFixed(decimals)));
}

/** Of a number as it is written: 1e-3 has three. */
function decimalsOf(text: string): number {
  const [, fraction = "", exponent = "0"] = /^[+-]?\d*\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  return Math.min(100, Math.max(0, fraction.length - Number(exponent)));
}
