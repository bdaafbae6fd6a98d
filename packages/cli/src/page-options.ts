import { InvalidArgumentError } from "commander";
import { parseWholeNumber } from "./arguments.ts";

/** A page by its number, or by the name that the scenario gives it. */
export type PageText = number | string;

/** Flags and help of the options that say which page is meant. */
export const VM_OPTION = ["--vm <vm>", "the VM, by its number or name"] as const;
export const PROCESS_OPTION = [
  "--process <process>",
  "the process (or file of the page cache), by its number or name within the VM",
] as const;
export const PAGE_OPTION = [
  "--page <page>",
  "the virtual page: its number, also as 0x and hexadecimal digits, or its name in the scenario",
] as const;
export const REAL_PAGE_OPTION = ["--real-page <n>", "the real page of the VM"] as const;

const HEXADECIMAL = /^0x[0-9a-f]+$/i;
const PAGE_BYTES = 4096;

/** A whole number in decimal or hexadecimal digits. */
export function parseNumber(text: string): number {
  if (!HEXADECIMAL.test(text)) return parseWholeNumber(text);
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError(`It must be at most 0x${Number.MAX_SAFE_INTEGER.toString(16)}.`);
}

/** What begins with a digit or a sign is no name. */
export function parsePageText(text: string): PageText {
  return /^[-+.\d]/.test(text) ? parseNumber(text) : text;
}

/** The page of an address in bytes. */
export function parseAddress(text: string): number {
  return Math.floor(parseNumber(text) / PAGE_BYTES);
}
