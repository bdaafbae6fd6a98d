/**
 * How fast recorded traces are read.
 *
 * Parses valgrind's own text (traces/true.lackey.zst, a number of copies one after the other) beside a bare scan of the
 * same bytes for line ends in the same round, then stores and expands every trace of the repository. Postgres is left
 * out: it takes a few hundred rows. Rates are medians of the rounds; the digests say that every machine and version
 * read the same.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import {
  BlockEncoder,
  BlockReader,
  createTraceParser,
  detectTraceFormat,
  expandReferences,
  TraceRecorder,
} from "../packages/core/src/trace/index.ts";
import { compressBlock, expandBlock } from "../packages/server/src/traces/compression.ts";
import { BUILT_IN_TRACES_FOLDER, listBuiltInTraces } from "../packages/server/src/traces/built-in-traces.ts";
import { TraceDigest } from "../packages/server/src/traces/trace-digest.ts";
import { compareVariants } from "./measuring/compare-variants.ts";
import { isQuick, medianOf, printDigest, printHeading, printRow, printSection } from "./measuring/report.ts";

const PIECE_BYTES = 2 ** 18;
const NEWLINE = 0x0a;

type StoredTrace = {
  readonly name: string;
  readonly references: number;
  readonly pages: number;
  readonly bitsPerReference: number;
  /** Millions of references per second, text to compressed blocks, digest included. */
  readonly storing: number;
  /** Millions of references per second, compressed blocks to page numbers and kinds. */
  readonly expanding: number;
  readonly digest: string;
};

type Parsed = {
  readonly references: number;
  readonly pages: number;
  readonly blocks: readonly Uint8Array[];
  readonly digest: string;
};

/** Millions of things per second of a piece of work, and what it gave. */
function timed<Result>(count: number, work: () => Result): { rate: number; result: Result } {
  const start = performance.now();
  const result = work();
  return { rate: count / (performance.now() - start) / 1000, result };
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let i = 0; i < bytes.length; i += 1) if (bytes[i] === NEWLINE) lines += 1;
  return lines;
}

/** Parses bytes in pieces as a stream brings them. */
function parse(file: string, bytes: Uint8Array, receive: (references: Uint32Array) => void): TraceRecorder {
  const recorder = new TraceRecorder(file, receive);
  const parser = createTraceParser({ format: detectTraceFormat(file, bytes), recorder, file });
  // Only a CSV with quotes gives anything to wait for.
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) void parser.feed(bytes.subarray(at, at + PIECE_BYTES));
  void parser.finish();
  return recorder;
}

function parseAndStore(file: string, bytes: Uint8Array): Parsed {
  const encoder = new BlockEncoder();
  const digest = new TraceDigest();
  const blocks: Uint8Array[] = [];
  const recorder = parse(file, bytes, (references) => {
    digest.addReferences(references);
    blocks.push(compressBlock(encoder.encode(references)));
  });
  const { referenceCount, pageCount } = recorder;
  return { references: referenceCount, pages: pageCount, blocks, digest: digest.finish(recorder.originalPages()) };
}

/** Prints the rates of parsing beside a bare scan of the same bytes, and the digest of what was read. */
async function compareParsing(file: string, bytes: Uint8Array, rounds: number): Promise<void> {
  const lines = countLines(bytes);
  const { references, digest } = parseAndStore(file, bytes);
  const parsed = (): number => {
    parse(file, bytes, () => undefined);
    return lines;
  };
  const stored = (): number => {
    parseAndStore(file, bytes);
    return lines;
  };
  const variants = [
    { name: "bare scan for line ends", work: () => countLines(bytes) },
    { name: "parsed, pages numbered", work: parsed },
    { name: "and digested, encoded, compressed", work: stored },
  ];
  await compareVariants(variants, "lines", rounds);
  printDigest(`of ${references} references`, digest);
}

async function measureStored(name: string, file: string, rounds: number): Promise<StoredTrace> {
  const bytes = zstdDecompressSync(await readFile(join(BUILT_IN_TRACES_FOLDER, file)));
  const stored = parseAndStore(file, bytes);
  const { references, pages, blocks, digest } = stored;
  const rates = { storing: [] as number[], expanding: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    rates.storing.push(timed(references, () => parseAndStore(file, bytes)).rate);
    const reader = new BlockReader({ name, referenceCount: references, pageCount: pages, blocks }, expandBlock);
    rates.expanding.push(timed(references, () => expandAll(reader)).rate);
  }
  const storedBytes = blocks.reduce((sum, block) => sum + block.length, 0);
  return {
    name,
    references,
    pages,
    bitsPerReference: (8 * storedBytes) / references,
    storing: medianOf(rates.storing),
    expanding: medianOf(rates.expanding),
    digest,
  };
}

/** Touches the end of every block, so that none is left out. */
function expandAll(reader: BlockReader): number {
  let sum = 0;
  for (let index = 0; index < reader.blockCount; index += 1) {
    const { pages } = expandReferences(reader.block(index));
    sum += (pages[pages.length - 1] ?? 0) + pages.length;
  }
  return sum;
}

const copies = isQuick ? 1 : 40;
const rounds = isQuick ? 1 : 5;
const once = zstdDecompressSync(await readFile(join(BUILT_IN_TRACES_FOLDER, "true.lackey.zst")));
const bytes = Buffer.concat(Array.from({ length: copies }, () => once));
printHeading("Import of traces", `${copies} x traces/true.lackey.zst, ${(bytes.length / 1e6).toFixed(1)} MB of text`);
await compareParsing("true.lackey", bytes, rounds);
printSection("The repository's traces: text to compressed blocks, and blocks to page numbers and kinds");
const traces = await listBuiltInTraces();
for (const { name, file } of isQuick ? traces.filter((trace) => trace.name === "true") : traces) {
  const { references, pages, bitsPerReference, storing, expanding, digest } = await measureStored(name, file, rounds);
  printRow(name, {
    references: [references, ""],
    pages: [pages, ""],
    size: [bitsPerReference, "bits/reference"],
    stored: [storing, "M/s"],
    expanded: [expanding, "M/s"],
  });
  printDigest(name, digest);
}
