import { BYTES_PER_UNIT } from "@ballast/core/units";
import { readConnectionUrl } from "../database/connection-url.ts";

/** One value of the configuration: where it is given, what it means, and how outside data becomes it. */
export type Setting<Value> = {
  /** The environment variable. */
  readonly variable: string;
  /** Its key in ballast.config.json; null where a file that people commit must not hold it. */
  readonly key: string | null;
  /** One clause for people, with what holds when it is not given. */
  readonly description: string;
  /** The value that a text (environment, command line) or a JSON value (file) stands for, or what is wrong with it. */
  readonly read: (given: unknown) => Reading<Value>;
};

export type Reading<Value> = { readonly value: Value } | { readonly problem: string };

/** How a wrong value is quoted in a message. */
export function quoteGiven(given: unknown): string {
  return JSON.stringify(given) ?? String(given);
}

export function readText(given: unknown): Reading<string> {
  if (typeof given === "string" && given.trim() !== "") return { value: given.trim() };
  return { problem: `must be text, not ${quoteGiven(given)}` };
}

/** A number of things of which there must be one. */
export function readCount(given: unknown): Reading<number> {
  const count = numberOf(given);
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 1) return { value: count };
  return { problem: `must be a whole number from 1, not ${quoteGiven(given)}` };
}

export function readPort(given: unknown): Reading<number> {
  const port = numberOf(given);
  if (typeof port === "number" && Number.isInteger(port) && port >= 0 && port <= 65_535) return { value: port };
  return { problem: `must be a whole number from 0 (any free port) to 65535 (included), not ${quoteGiven(given)}` };
}

/** An amount of memory: bytes, or text with a unit. */
export function readByteSize(given: unknown): Reading<number> {
  const [, digits, unit] = (typeof given === "string" ? /^(\d+(?:\.\d+)?) ?([kKMGT]i?B)?$/.exec(given.trim()) : null) ?? [];
  const bytes = typeof given === "number" ? given : Number(digits) * (unit === undefined ? 1 : (BYTES_PER_UNIT[unit] ?? NaN));
  if (Number.isSafeInteger(Math.round(bytes)) && bytes >= 1) return { value: Math.round(bytes) };
  return { problem: `must be a number of bytes, or text such as "6 GiB", not ${quoteGiven(given)}` };
}

function numberOf(given: unknown): unknown {
  return typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given;
}

/** The value may hold a password: it is not quoted back. */
export function readConnectionString(given: unknown): Reading<string> {
  const text = typeof given === "string" ? given.trim() : "";
  const reading = readConnectionUrl(text);
  return "problem" in reading ? reading : { value: text };
}

export function readChoice<Choice extends string>(choices: readonly Choice[]): (given: unknown) => Reading<Choice> {
  return (given) => {
    const found = choices.find((choice) => choice === given);
    return found === undefined ? { problem: `must be one of ${choices.join(", ")}, not ${quoteGiven(given)}` } : { value: found };
  };
}

/** A list of texts; as one text, separated by commas. */
export function readList(given: unknown): Reading<readonly string[]> {
  const items = typeof given === "string" ? given.split(",").map((item) => item.trim()) : given;
  if (Array.isArray(items) && items.every((item) => typeof item === "string" && item !== "")) return { value: items };
  return { problem: `must be a list of texts (or one text, separated by commas), not ${quoteGiven(given)}` };
}
