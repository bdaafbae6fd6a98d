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

const MOST_PIECE_BYTES = 2 ** 20;

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
