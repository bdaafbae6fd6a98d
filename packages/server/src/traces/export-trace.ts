import { NEVER_AGAIN } from "@ballast/core/reuse";
import { nextUsesOf } from "@ballast/core/replacement";
import { BallastError } from "@ballast/core/errors";
import { type ExpandedBlock, ExpandedBlocks, originalPage, type Trace } from "@ballast/core/trace";
import { openTraceReader } from "./load-trace.ts";

/** The formats that traces are written in, by the name that people give them, each with what it holds. */
export const EXPORT_FORMATS = {
  pages: { title: "one line per reference: a letter of its kind, and the page in hexadecimal", content: "text", keepsKinds: true },
  csv: { title: "the columns page (or object, where pages have names) and kind", content: "text", keepsKinds: true },
  oracleGeneral: { title: "libCacheSim's records of 24 bytes, with next accesses", content: "binary", keepsKinds: false },
} as const;

export type ExportFormat = keyof typeof EXPORT_FORMATS;

export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as readonly ExportFormat[];

/** By access kind. */
const KIND_LETTERS = "ILSM";
const RECORD_BYTES = 24;
const NEVER = -1n;
/** Next uses are indexes of 31 bits, and times are of 32. */
const MAX_RECORDS = 2 ** 31 - 1;
const PAGE_BYTES = 4096;

/**
 * The bytes of a trace in a format, piece by piece, with the page numbers of the recording. `names` are those of pages whose numbers
 * do not say all (`loadPageNames`): a CSV has these, other formats then number the pages from 0 in order of first touch.
 * @throws BallastError INPUT_INVALID if the format cannot hold so many references.
 */
export function exportTrace(trace: Trace, format: ExportFormat, names: readonly string[] | undefined): Iterable<Uint8Array> {
  if (format === "oracleGeneral") return oracleRecords(trace, names !== undefined);
  const nameOf = names === undefined ? originalNames(trace, format) : denseNames(format === "csv" ? names : undefined);
  return format === "csv" ? csvLines(trace, nameOf, names !== undefined) : pageLines(trace, nameOf);
}

type NameOf = (page: number) => string;

function originalNames({ originalPages, pageCount }: Trace, format: ExportFormat): NameOf {
  const texts = new Array<string | undefined>(pageCount);
  const radix = format === "pages" ? 16 : 10;
  const prefix = format === "pages" ? "0x" : "";
  return (page) => (texts[page] ??= `${prefix}${originalPage(originalPages, page).toString(radix)}`);
}

function denseNames(names: readonly string[] | undefined): NameOf {
  return (page) => (names === undefined ? String(page) : `"${(names[page] ?? "").replaceAll("\u001F", "/").replaceAll('"', '""')}"`);
}

function* pageLines(trace: Trace, nameOf: NameOf): Generator<Uint8Array> {
  for (const block of blocksOf(trace)) yield linesOf(block, (page, kind) => `${kind} ${nameOf(page)}\n`);
}

function* csvLines(trace: Trace, nameOf: NameOf, hasNames: boolean): Generator<Uint8Array> {
  yield Buffer.from(`${hasNames ? "object" : "page"},kind\n`);
  for (const block of blocksOf(trace)) yield linesOf(block, (page, kind) => `${nameOf(page)},${kind}\n`);
}

function linesOf({ pages, kinds, length }: ExpandedBlock, line: (page: number, kind: string) => string): Uint8Array {
  const lines: string[] = [];
  for (let at = 0; at < length; at++) lines.push(line(pages[at] as number, KIND_LETTERS.charAt(kinds[at] as number)));
  return Buffer.from(lines.join(""));
}

function* oracleRecords(trace: Trace, isNumberedAnew: boolean): Generator<Uint8Array> {
  if (trace.referenceCount > MAX_RECORDS) {
    throw new BallastError(
      "INPUT_INVALID",
      `oracleGeneral is written for up to ${MAX_RECORDS} references; the trace has ${trace.referenceCount}.`,
    );
  }
  const next = nextUsesOf(new ExpandedBlocks(openTraceReader(trace)));
  let index = 0;
  for (const { pages, length } of blocksOf(trace)) {
    const bytes = Buffer.alloc(length * RECORD_BYTES);
    for (let at = 0; at < length; at++, index++) {
      const page = pages[at] as number;
      const nextUse = next[index] as number;
      bytes.writeUInt32LE(index, at * RECORD_BYTES);
      bytes.writeBigUInt64LE(isNumberedAnew ? BigInt(page) : originalPage(trace.originalPages, page), at * RECORD_BYTES + 4);
      bytes.writeUInt32LE(PAGE_BYTES, at * RECORD_BYTES + 12);
      // libCacheSim counts requests from 1.
      bytes.writeBigInt64LE(nextUse === NEVER_AGAIN ? NEVER : BigInt(nextUse + 1), at * RECORD_BYTES + 16);
    }
    yield bytes;
  }
}

function* blocksOf(trace: Trace): Generator<ExpandedBlock> {
  const reader = new ExpandedBlocks(openTraceReader(trace));
  for (let index = 0; index < reader.blockCount; index++) yield reader.block(index);
}
