import { assert } from "@ballast/core/assert";

/** Reads an int8 as Postgres writes it. */
export function safeInteger(text: string): number {
  const value = Number(text);
  assert(Number.isSafeInteger(value), () => `${text} from Postgres does not fit 53 bits`);
  return value;
}
