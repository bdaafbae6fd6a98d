import { assert } from "../assert/index.ts";
import {
  BlockEncoder,
  BlockReader,
  createTraceParser,
  type CsvOptions,
  decodeText,
  expandReferences,
  type OriginalPages,
  type ReadableTrace,
  type TraceFormat,
  type TraceReader,
  TraceRecorder,
  type TraceReport,
  type TraceUnit,
} from "../trace/index.ts";

/** A trace made in memory: what a server would store, without a compressor. */
export interface RecordedTrace {
  readonly trace: ReadableTrace;
  readonly reader: TraceReader;
  readonly originalPages: OriginalPages;
  /** The names of the pages, if a page's original number does not say all. */
  readonly pageNames: readonly string[] | undefined;
}

/** A reference as tests write it: the page as the recording numbers it, and an `AccessKind`. */
export type WrittenReference = readonly [page: number, kind: number];

/** Records references as if they had been parsed: pages are renumbered densely in order of first touch. */
export function recordReferences(name: string, references: Iterable<WrittenReference>): RecordedTrace {
  return record(name, (recorder) => {
    for (const [page, kind] of references) recorder.touchPage(Math.floor(page / 2 ** 32), page >>> 0, kind);
    recorder.flush();
  });
}

export interface ParsedOptions {
  readonly file?: string;
  readonly unit?: TraceUnit | "undecided";
  readonly csv?: Partial<CsvOptions>;
}

/** Parses a trace from the pieces that its bytes come in. A CSV must be without quotes. */
export function recordParsed(
  format: TraceFormat,
  pieces: Iterable<Uint8Array>,
  options: ParsedOptions = {},
): RecordedTrace & { readonly report: TraceReport } {
  const file = options.file ?? "a-trace";
  let report: TraceReport | undefined;
  const recorded = record(file, (recorder) => {
    const parser = createTraceParser({ ...options, format, recorder, file });
    for (const piece of pieces) assert(parser.feed(piece) === undefined, "no quotes, no waiting");
    assert(parser.finish() === undefined, "no quotes, no waiting");
    report = parser.report();
  });
  assert(report !== undefined, "the trace was parsed");
  return { ...recorded, report };
}

/** The bytes of a text of ASCII or Latin-1 characters. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The reader, which knows what the slices of every block touch from now on: it summarizes those that are asked for again. */
export function summarized(reader: TraceReader): TraceReader {
  for (let index = 0; index < reader.blockCount; index += 1) reader.block(index);
  return reader;
}

/** Every reference of a trace, in order. */
export function listReferences(reader: TraceReader): WrittenReference[] {
  const references: WrittenReference[] = [];
  for (let index = 0; index < reader.blockCount; index += 1) {
    const { pages, kinds } = expandReferences(reader.block(index));
    pages.forEach((page, i) => references.push([page, kinds[i]]));
  }
  return references;
}

function record(name: string, fill: (recorder: TraceRecorder) => void): RecordedTrace {
  const encoder = new BlockEncoder();
  const blocks: Uint8Array[] = [];
  const recorder = new TraceRecorder(name, (references) => blocks.push(encoder.encode(references)));
  fill(recorder);
  const { referenceCount, pageCount } = recorder;
  const trace = { name, referenceCount, pageCount, blocks };
  const names = recorder.pageNames();
  return {
    trace,
    reader: new BlockReader(trace, (bytes) => bytes),
    originalPages: recorder.originalPages(),
    pageNames: names === undefined ? undefined : Array.from(names, decodeText),
  };
}
