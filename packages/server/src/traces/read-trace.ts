import {
  createTraceParser,
  DETECTION_BYTES,
  detectTraceFormat,
  TRACE_FORMATS,
  type TraceFormat,
  TraceRecorder,
} from "@ballast/core/trace";
import { ByteReader } from "./byte-reader.ts";
import { type ContainerKind, expand } from "./containers/index.ts";
import type { ImportTrace } from "./import-input.ts";
import { decodeStart, decodeText } from "./text/decode-text.ts";
import { textEncodingOf } from "./text/text-encoding.ts";
import type { OpenedSource } from "./trace-source.ts";
import type { TraceContent, TraceWriter } from "./trace-writer.ts";
import { refuseUnsupported } from "./unsupported-content.ts";
import { untilAborted } from "./until-aborted.ts";

const MOST_PIECE_BYTES = 2 ** 20;

export type ReadTrace = TraceContent & {
  /** What was skipped without harm, and similar, as sentences. */
  readonly notes: readonly string[];
};

type ReadInput = Pick<ImportTrace, "format" | "csv" | "onProgress" | "signal">;

/** Reads a source to its end and writes its blocks as they become full, never more than a piece of bytes ahead. */
export async function readTrace(
  source: OpenedSource,
  input: ReadInput,
  writer: Pick<TraceWriter, "addReferences" | "writeBlocks">,
): Promise<ReadTrace> {
  const { file, totalBytes } = source;
  const notes: string[] = [];
  const progress = { bytes: 0 };
  const pieces = new ByteReader(untilAborted(counted(source, progress), input.signal));
  const { kind, bytes } = await expand(pieces, file, (note) => notes.push(note));
  const { format, content } = await prepareContent(new ByteReader(bytes), file, kind, input.format);
  const recorder = new TraceRecorder(file, (references) => writer.addReferences(references));
  const parser = createTraceParser({ format, recorder, file, ...(input.csv === undefined ? {} : { csv: input.csv }) });
  for await (const piece of content) {
    parser.feed(piece);
    await writer.writeBlocks();
    input.onProgress?.({ bytes: progress.bytes, totalBytes, referenceCount: recorder.referenceCount });
  }
  parser.finish();
  return { format, referenceCount: recorder.referenceCount, originalPages: recorder.originalPages(), notes };
}

type Content = { readonly format: TraceFormat; readonly content: AsyncIterable<Uint8Array> };

/** Finds the format of expanded bytes; text is made what parsers read. */
async function prepareContent(
  reader: ByteReader,
  file: string,
  kind: ContainerKind | undefined,
  asked: TraceFormat | undefined,
): Promise<Content> {
  if (asked !== undefined && TRACE_FORMATS[asked].content === "binary") return { format: asked, content: reader };
  const head = await reader.peek(DETECTION_BYTES);
  refuseUnsupported(head, file, kind);
  const encoding = textEncodingOf(head, file);
  const isAll = head.length < DETECTION_BYTES;
  const start = encoding === undefined ? head : decodeStart(head, isAll, encoding, file);
  const format = asked ?? detectTraceFormat(file, start);
  if (TRACE_FORMATS[format].content === "binary") return { format, content: reader };
  return { format, content: decodeText(reader, encoding ?? "utf-8", file) };
}

/** Cuts pieces that are too long: parsing one must neither keep other work waiting nor fill the memory with blocks. */
async function* counted(source: OpenedSource, progress: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const piece of source.bytes) {
    for (let start = 0; start < piece.length; start += MOST_PIECE_BYTES) {
      const part = piece.subarray(start, start + MOST_PIECE_BYTES);
      progress.bytes += part.length;
      yield part;
    }
  }
}
