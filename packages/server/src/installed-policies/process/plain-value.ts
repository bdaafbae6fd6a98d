/**
 * Values that a policy's process sends are JSON. What JSON cannot say of a number (-0, NaN and the infinities) is written as
 * an object of this one key, so that a decision means the same in a process of its own as in the kernel's thread.
 */
const NUMBER_KEY = "$number";
const NUMBERS: Readonly<Record<string, number>> = { "-0": -0, NaN: NaN, Infinity: Infinity, "-Infinity": -Infinity };

/** Parts within parts; also what ends a value that holds itself. */
const MAX_DEPTH = 32;
const MAX_PARTS = 1_000_000;

/** Says what of a value is no data, with the path to it. */
export class NotPlainError extends Error {}

type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };

/**
 * A copy of what a policy returned that JSON can hold: of lists, and of objects with no class. It uses no method that the
 * policy may have replaced. @throws NotPlainError; whatever a getter of the value throws.
 */
export function toPlain(value: unknown): Plain {
  return copy(value, "", 0, { partsLeft: MAX_PARTS });
}

type Budget = { partsLeft: number };

const { getPrototypeOf, keys } = Object;
const isArray = Array.isArray;
const plainPrototype = Object.prototype;

function copy(value: unknown, path: string, depth: number, budget: Budget): Plain {
  if (depth > MAX_DEPTH) throw new NotPlainError(`has more than ${MAX_DEPTH} parts within parts`);
  if (--budget.partsLeft < 0) throw new NotPlainError(`has more than ${MAX_PARTS} parts`);
  switch (typeof value) {
    case "boolean":
    case "string":
      return value;
    case "number":
      return copyNumber(value);
    case "object":
      return value === null ? null : copyObject(value, path, depth, budget);
    default:
      throw new NotPlainError(`holds ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`} at "${path}"`);
  }
}

function copyNumber(value: number): Plain {
  if (value === 0) return 1 / value < 0 ? { [NUMBER_KEY]: "-0" } : value;
  return value - value === 0 ? value : { [NUMBER_KEY]: `${value}` };
}

function copyObject(value: object, path: string, depth: number, budget: Budget): Plain {
  if (isArray(value)) return copyList(value, path, depth, budget);
  const prototype: unknown = getPrototypeOf(value);
  if (prototype !== plainPrototype && prototype !== null) throw new NotPlainError(`holds an object of a class at "${path}"`);
  const result = { __proto__: null } as unknown as { [key: string]: Plain };
  const names = keys(value);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const part = (value as Readonly<Record<string, unknown>>)[name];
    // An optional field that is undefined is one that is left out.
    if (part !== undefined) result[name] = copy(part, `${path}/${name}`, depth + 1, budget);
  }
  return result;
}

function copyList(list: readonly unknown[], path: string, depth: number, budget: Budget): Plain[] {
  const result: Plain[] = [];
  const { length } = list;
  for (let i = 0; i < length; i++) result[i] = copy(list[i], `${path}/${i}`, depth + 1, budget);
  return result;
}

/** The value that a text of `toPlain` stands for. @throws NotPlainError for any other text. */
export function parsePlain(text: string): unknown {
  return restore(parseJson(text), 0);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotPlainError("is no JSON");
  }
}

function restore(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH + 2) throw new NotPlainError(`has more than ${MAX_DEPTH} parts within parts`);
  const parts = value as Record<string, unknown>;
  const named = parts[NUMBER_KEY];
  if (typeof named === "string" && Object.hasOwn(NUMBERS, named)) return NUMBERS[named];
  for (const name of Object.keys(parts)) {
    const part = parts[name];
    if (typeof part === "object" && part !== null) parts[name] = restore(part, depth + 1);
  }
  return value;
}
