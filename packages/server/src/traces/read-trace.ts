import {
  createTraceParser,
  DETECTION_BYTES,
  detectTraceFormat,
  TraceRecorder,
} from "@ballast/core/trace";
import { decompress } from "./decompress.ts";
import type { ImportTrace } from "./import-input.ts";
import { peekBytes } from "./peek-bytes.ts";
import type { OpenedSource } from "./trace-source.ts";
import type { TraceContent, TraceWriter } from "./trace-writer.ts";
import { untilAborted } from "./until-aborted.ts";

/** Reads a source to its end and writes its blocks as they become full, never more than a piece of bytes ahead. */
export async function readTrace(
  source: OpenedSource,
  input: ImportTrace,
  writer: TraceWriter,
): Promise<TraceContent> {
  const { file, totalBytes } = source;
  const progress = { bytes: 0 };
  const pieces = untilAborted(counted(source, progress), input.signal);
  const { head, all } = await peekBytes(decompress(pieces, file), DETECTION_BYTES);
  const format = input.format ?? detectTraceFormat(file, head);
  const recorder = new TraceRecorder(file, (references) => writer.addReferences(references));
  const parser = createTraceParser({ format, recorder, file, ...(input.csv === undefined ? {} : { csv: input.csv }) });
  for await (const piece of all) {
    parser.feed(piece);
    await writer.writeBlocks();
    input.onProgress?.({ bytes: progress.bytes, totalBytes, referenceCount: recorder.referenceCount });
  }
  parser.finish();
  return { format, referenceCount: recorder.referenceCount, originalPages: recorder.originalPages() };
}

async function* counted(source: OpenedSource, progress: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const piece of source.bytes) {
    progress.bytes += piece.length;
    yield piece;
  }
}
