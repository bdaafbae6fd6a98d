import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AccessKind } from "../../events/index.ts";
import { bytesOf, listReferences, recordParsed } from "../../testing/record-trace.ts";
import { caseCount } from "../../testing/case-count.ts";
import { originalPage, TraceError, type TraceFormat } from "../index.ts";

/**
 * Whole files against an independent reading: lines by split, each by a regular expression. Texts are those of programs,
 * some with a few characters changed, so that parser and expression must also agree on what is no reference.
 */
const { Instruction, Load, Store, Modify } = AccessKind;

type Reference = readonly [page: bigint, kind: number];
/** The references of a line, none if it is one to be skipped; undefined if the file has to be refused. */
type ReadLine = (line: string) => readonly Reference[] | undefined;

const LETTERS: Readonly<Record<string, number>> = { i: Instruction, l: Load, r: Load, g: Load, s: Store, w: Store, p: Store, m: Modify };
const KIND = "[ilrgswpmILRGSWPM]";
const BLANK = "[ \\t\\r]";
const MAX_BYTES = 65_536n;

function kindOf(letter: string | undefined): number {
  return LETTERS[letter?.toLowerCase()[0] ?? "l"];
}

/** Undefined if the access reaches beyond the last address. */
function pagesOf(address: bigint, bytes: bigint, kind: number): Reference[] | undefined {
  if (address + bytes > 2n ** 64n) return undefined;
  const pages: Reference[] = [];
  for (let page = address / 4096n; page <= (address + bytes - 1n) / 4096n; page += 1n) pages.push([page, kind]);
  return pages;
}

const isBlank = (line: string): boolean => /^[ \t\r]*$/.test(line);
const isComment = (line: string): boolean => /^[ \t\r]*#/.test(line);

const READERS: Record<"lackey" | "page-numbers" | "addresses" | "dinero" | "pinatrace" | "drmemtrace", ReadLine> = {
  lackey: (line) => {
    if (line === "" || line === "\r" || /^(?:==|--|\*\*|SB )/.test(line)) return [];
    const [, letter, address, size] = /^(I {2}| [LSM] )([0-9a-fA-F]{1,16}),0*(\d{1,6})\r?$/.exec(line) ?? [];
    if (letter === undefined || size === undefined || BigInt(size) === 0n || BigInt(size) > MAX_BYTES) return undefined;
    return pagesOf(BigInt(`0x${address}`), BigInt(size), kindOf(letter.trim()));
  },
  "page-numbers": (line) => {
    if (isBlank(line) || isComment(line)) return [];
    const number = "(0[xX][0-9a-fA-F]{1,16}|\\d{1,20})";
    const pattern = new RegExp(`^${BLANK}*(?:(${KIND})${BLANK}*${number}|${number}(?:${BLANK}+(${KIND}))?)${BLANK}*$`);
    const match = pattern.exec(line);
    const value = match === null ? 2n ** 64n : BigInt(match[2] ?? match[3]);
    return value < 2n ** 64n ? [[value, kindOf(match?.[1] ?? match?.[4])]] : undefined;
  },
  addresses: (line) => {
    if (hasLoneReturn(line)) return undefined;
    if (isBlank(line) || isComment(line)) return [];
    const number = "(?:0[xX])?([0-9a-fA-F]{1,16})";
    const pattern = new RegExp(`^${BLANK}*(?:(${KIND})${BLANK}+${number}|${number}(?:${BLANK}+(${KIND}))?)${BLANK}*$`);
    const match = pattern.exec(line);
    return match === null ? undefined : pagesOf(BigInt(`0x${match[2] ?? match[3]}`), 1n, kindOf(match[1] ?? match[4]));
  },
  dinero: (line) => {
    if (hasLoneReturn(line)) return undefined;
    if (isBlank(line)) return [];
    const match = /^[ \t\r]*0*([0-4])[ \t\r]+(?:0[xX])?([0-9a-fA-F]{1,16})(?:[ \t\r].*)?$/s.exec(line);
    if (match === null) return undefined;
    const kind = [Load, Store, Instruction][Number(match[1])];
    return kind === undefined ? [] : pagesOf(BigInt(`0x${match[2]}`), 1n, kind);
  },
  pinatrace: (line) => {
    if (hasLoneReturn(line)) return undefined;
    if (isBlank(line) || isComment(line)) return [];
    const address = "(?:0[xX][0-9a-fA-F]{1,16}|\\(nil\\))";
    const pattern = `^${BLANK}*${address}:${BLANK}*([RW])${BLANK}+(${address})(?:${BLANK}+(\\d+)(?:${BLANK}.*)?)?${BLANK}*$`;
    const match = new RegExp(pattern, "s").exec(line);
    if (match === null) return undefined;
    const size = BigInt(match[3] ?? 1);
    if (size > MAX_BYTES) return undefined;
    return pagesOf(BigInt(match[2].replace("(nil)", "0")), size === 0n ? 1n : size, kindOf(match[1]));
  },
  drmemtrace: (line) => {
    if (hasLoneReturn(line)) return undefined;
    if (isBlank(line) || /^[ \t\r]*(?:Output format:|<--record#->|---|View tool results:)/.test(line)) return [];
    if (/^[ \t\r]*\d+[ \t\r]*: total instructions/.test(line)) return [];
    const prefix = /^[ \t\r]*\d+[ \t\r]+\d+:[ \t\r]*[^ \t\r]*[ \t\r]+(.*)$/s.exec(line);
    if (prefix === null) return undefined;
    const record = prefix[1];
    const access = /^(ifetch|read|write)[ \t\r]+(\d+)[ \t\r]*byte\(s\) @ 0x([0-9a-fA-F]{1,16})(?:[ \t\r].*)?$/s.exec(record);
    if (access !== null) {
      const size = BigInt(access[2]);
      return size > MAX_BYTES ? undefined : pagesOf(BigInt(`0x${access[3]}`), size === 0n ? 1n : size, kindOf(access[1]));
    }
    if (/^(?:<|non-fetched|pref|iflush|dflush)/.test(record)) return [];
    return /^[ \t\r]*(?:[0-9a-fA-F]{1,8}[ \t\r]*)*$/.test(record) ? [] : undefined;
  },
};

const hex = fc
  .oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: 0n, max: 99_999n }),
    fc.bigInt({ min: 2n ** 64n - 99n, max: 2n ** 64n - 1n }),
  )
  .map((n) => n.toString(16));
const size = fc.oneof(fc.integer({ min: 0, max: 64 }), fc.constantFrom(4096, 9000, 65_536, 65_537));
const letter = fc.constantFrom("I", "L", "R", "S", "W", "M", "g", "p", "x");

const LINES: Record<keyof typeof READERS, fc.Arbitrary<string>> = {
  lackey: fc.oneof(
    fc.tuple(fc.constantFrom("I  ", " L ", " S ", " M "), hex, size).map(([kind, address, bytes]) => `${kind}${address},${bytes}`),
    fc.constantFrom("==1== x", "--1-- y", "**1** z", "SB 04016f40"),
  ),
  "page-numbers": fc.oneof(
    hex.map((n) => `0x${n}`),
    hex.map((n) => String(BigInt(`0x${n}`))),
    fc.tuple(letter, hex).map(([kind, n]) => `${kind} 0x${n}`),
    fc.tuple(letter, hex).map(([kind, n]) => `0x${n} ${kind}`),
    fc.constantFrom("# x", "  "),
  ),
  addresses: fc.oneof(
    hex,
    fc.tuple(hex, letter).map(([n, kind]) => `${n} ${kind}`),
    fc.tuple(letter, hex).map(([kind, n]) => `${kind}\t0x${n}`),
    fc.constantFrom("# x", ""),
  ),
  dinero: fc.tuple(fc.nat(5), hex, fc.constantFrom("", " 4", "\t")).map(([label, n, rest]) => `${label} ${n}${rest}`),
  pinatrace: fc.oneof(
    fc.tuple(hex, fc.constantFrom("R", "W"), hex).map(([pc, kind, n]) => `0x${pc}: ${kind} 0x${n}`),
    fc.tuple(hex, fc.constantFrom("R", "W"), hex, size).map(([pc, kind, n, bytes]) => `0x${pc}: ${kind}  0x${n}  ${bytes} 0x7`),
    fc.constantFrom("0x1: R (nil)", "#eof"),
  ),
  drmemtrace: fc.oneof(
    fc
      .tuple(fc.constantFrom("ifetch", "read", "write", "pref-r-L1", "iflush", "non-fetched", "store"), size, hex)
      .map(([name, bytes, n]) => `       12      3: W0.T7 ${name.padEnd(12)}${bytes} byte(s) @ 0x${n.padStart(16, "0")} by PC 0x1`),
    fc.constantFrom(
      "  1  0: T7 <marker: version 6>",
      "------",
      "View tool results:",
      "   8 : total instructions",
      "  9 1: W0.T1    48 89 e7",
    ),
  ),
};

/** Lines that end with a carriage return alone would be one line, of which all but the first part is ignored. */
const hasLoneReturn = (line: string): boolean => /\r./s.test(line);

/** Texts of lines, with Windows line ends or not, some of them with a few characters changed. */
function texts(line: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const lines = fc.array(line, { minLength: 1, maxLength: 40 });
  const change = fc.tuple(fc.nat(), fc.constantFrom("", " ", "0", "f", "x", ",", ":", "R", "\t", "\n"));
  return fc
    .tuple(lines, fc.constantFrom("\n", "\r\n"), fc.boolean(), fc.array(change, { maxLength: 2 }))
    .map(([parts, end, ended, changes]) => {
      const text = parts.join(end) + (ended ? end : "");
      return changes.reduce((all, [place, put]) => {
        const at = place % (all.length + 1);
        return all.slice(0, at) + put + all.slice(at + 1);
      }, text);
    });
}

function parsed(format: TraceFormat, text: string): Reference[] | "refused" {
  try {
    const { reader, originalPages } = recordParsed(format, [bytesOf(text)]);
    return listReferences(reader).map(([page, kind]) => [originalPage(originalPages, page), kind]);
  } catch (error) {
    if (error instanceof TraceError) return "refused";
    throw error;
  }
}

function expected(text: string, read: ReadLine): Reference[] | "refused" {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const references: Reference[] = [];
  for (const line of lines) {
    const found = read(line);
    if (found === undefined) return "refused";
    references.push(...found);
  }
  return references.length === 0 ? "refused" : references;
}

const RUNS = caseCount(40, 1000);

describe.each(Object.keys(READERS) as (keyof typeof READERS)[])("any text of %s", (format) => {
  test("gives the references of its lines, or is refused where a line is none", () => {
    fc.assert(
      fc.property(texts(LINES[format]), (text) => {
        expect(parsed(format, text)).toEqual(expected(text, READERS[format]));
      }),
      { numRuns: RUNS },
    );
  });
});

function utf8Bytes(text: string): Uint8Array {
  const escaped = encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|[^%]/g);
  return Uint8Array.from(escaped, ([character, code]) => (code === undefined ? character.charCodeAt(0) : Number.parseInt(code, 16)));
}

// Oracle: lines by split, and a Map from text to number.
test("object ids are numbered by their text in order of first appearance, and named by it", () => {
  const id = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => text.replaceAll("\r", "-")),
    fc.constantFrom("a", "b", "user:1/x", "1", "0x1"),
  );
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 60 }), (ids) => {
      const text = utf8Bytes(`${ids.join("\n")}\n`);
      const lines = ids
        .join("\n")
        .split("\n")
        .map((line) => line.replaceAll(/^[ \t\r]+|[ \t\r]+$/g, ""))
        .filter((line) => line !== "");
      fc.pre(lines.length > 0);
      const numbers = new Map([...new Set(lines)].map((line, number) => [line, number]));
      const { reader, pageNames } = recordParsed("object-ids", [text]);
      expect(listReferences(reader).map(([page]) => page)).toEqual(lines.map((line) => numbers.get(line)));
      expect(pageNames).toEqual([...numbers.keys()]);
    }),
    { numRuns: RUNS },
  );
});
