import {
  BlockEncoder,
  BlockReader,
  createTraceParser,
  type CsvOptions,
  type OriginalPages,
  type ReadableTrace,
  type TraceFormat,
  type TraceReader,
  TraceRecorder,
} from "../trace/index.ts";

/** A trace made in memory: what a server would store, without a compressor. */
export interface RecordedTrace {
  readonly trace: ReadableTrace;
  readonly reader: TraceReader;
  readonly originalPages: OriginalPages;
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

/** Parses a trace from the pieces that its bytes come in. */
export function recordParsed(
  format: TraceFormat,
  pieces: Iterable<Uint8Array>,
  options: { readonly file?: string; readonly csv?: Partial<CsvOptions> } = {},
): RecordedTrace {
  const file = options.file ?? "a-trace";
  return record(file, (recorder) => {
    const csv = options.csv === undefined ? {} : { csv: options.csv };
    const parser = createTraceParser({ format, recorder, file, ...csv });
    for (const piece of pieces) parser.feed(piece);
    parser.finish();
  });
}

/** The bytes of a text of ASCII or Latin-1 characters. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Every reference of a trace, in order. */
export function listReferences(reader: TraceReader): WrittenReference[] {
  const references: WrittenReference[] = [];
  for (let index = 0; index < reader.blockCount; index += 1) {
    const { pages, kinds, length } = reader.block(index);
    for (let i = 0; i < length; i += 1) references.push([pages[i], kinds[i]]);
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
  return { trace, reader: new BlockReader(trace, (bytes) => bytes), originalPages: recorder.originalPages() };
}
