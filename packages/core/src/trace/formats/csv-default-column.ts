import { kindOfWord } from "../text/kind-word.ts";
import { NO_KIND } from "../text/kind-letter.ts";
import { TraceError } from "../trace-error.ts";
import type { FirstLines } from "./csv-first-line.ts";
import { columnsOf, type CsvOptions } from "./csv-options.ts";

/** What columns of pages, addresses and objects are called, and what others are; in lower case, letters alone. */
const PAGE_NAMES = new Set(
  "page pages pageno pagenumber vpn pfn addr address addresses vaddr virtualaddress object obj objectid objid id key lba lbn block blockid offset item itemid".split(
    " ",
  ),
);
const OTHER_NAMES = new Set(
  "time timestamp ts clock date datetime size objsize len length bytes op opcode operation kind type rw pid tid process thread cpu ttl latency responsetime host hostname disk disknumber device asu".split(
    " ",
  ),
);

const WHOLE = /^\d+$/;
const HEXADECIMAL = /^0x[0-9a-f]+$/i;
/** With this many columns of numbers or more, the only line of a file may be a list. */
const MIN_LIST_NUMBERS = 3;

/**
 * Refuses a CSV for which no page column was given, if its first lines do not look like libCacheSim's
 * `time, object, size`, the default.
 */
export function requireUsualColumns(lines: FirstLines, header: readonly string[] | undefined, options: CsvOptions): void {
  const column = options.pageColumn as number;
  const against = header === undefined ? dataAgainst(lines, column, options) : namesAgainst(header, column);
  if (against === undefined) return;
  const advice = `Say which column to read, as in --csv pageColumn=${column}, and --csv kindColumn=N if column N tells the kind (in the API: fields of csv).`;
  const place = { file: lines.file, format: "csv", line: lines.line } as const;
  throw new TraceError("reading-ambiguous", place, `column ${column} is the page's unless it is said otherwise, but ${against}`, advice);
}

function namesAgainst(header: readonly string[], column: number): string | undefined {
  const names = header.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ""));
  const own = names[column - 1];
  if (own === undefined) return undefined;
  const better = names.findIndex((name) => PAGE_NAMES.has(name));
  const named = `column ${column} is named ${JSON.stringify(header[column - 1])}`;
  if (better >= 0 && !PAGE_NAMES.has(own)) return `${named}, and column ${better + 1} ${JSON.stringify(header[better])}`;
  return OTHER_NAMES.has(own) ? named : undefined;
}

function dataAgainst({ first, second }: FirstLines, column: number, options: CsvOptions): string | undefined {
  // Who names other columns has looked at the file.
  if (columnsOf(options).length > 1) return undefined;
  if (second === undefined && first.length >= MIN_LIST_NUMBERS && first.every((field) => WHOLE.test(field))) {
    return `its only line may be a list of ${first.length} pages: put each on a line of its own (tr '${options.delimiter}' '\\n')`;
  }
  if (second !== undefined && WHOLE.test(first[0]) && WHOLE.test(second[0]) && BigInt(second[0]) < BigInt(first[0])) {
    return `column 1 is no time: it goes back from ${first[0]} to ${second[0]}`;
  }
  const address = first.findIndex((field) => HEXADECIMAL.test(field));
  if (address >= 0 && !HEXADECIMAL.test(first[column - 1] ?? "")) {
    return `column ${address + 1} has ${first[address]}, as addresses are written`;
  }
  const kind = first.findIndex((field, index) => index !== column - 1 && isKind(field));
  return kind < 0 ? undefined : `column ${kind + 1} has ${JSON.stringify(first[kind])}, which may be the kind of access`;
}

function isKind(field: string): boolean {
  const bytes = Uint8Array.from(field, (character) => Math.min(character.charCodeAt(0), 255));
  return kindOfWord(bytes, 0, bytes.length) !== NO_KIND;
}
