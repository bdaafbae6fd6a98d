import { DETECTION_BYTES, TRACE_FORMATS, type TraceFormat } from "@ballast/core/trace";
import { ByteReader } from "./byte-reader.ts";
import { expand } from "./containers/index.ts";
import { decodeStart, decodeText } from "./text/decode-text.ts";
import { textEncodingOf } from "./text/text-encoding.ts";
import type { OpenedSource } from "./trace-source.ts";
import { refuseUnsupported } from "./unsupported-content.ts";
import { untilAborted } from "./until-aborted.ts";

const MAX_PIECE_BYTES = 2 ** 20;

/** The bytes of a trace, expanded, with their first ones known. */
export type OpenedContent = {
  /** The first bytes as parsers read them, to find the format; none of a binary format that was asked for. */
  readonly start: Uint8Array;
  /** All bytes as parsers of the format read them. */
  pieces(format: TraceFormat): AsyncIterable<Uint8Array>;
  /** Bytes of the source that were read so far, compressed or not. */
  bytesRead(): number;
  /** What was skipped without harm, and similar, as sentences; complete at the end. */
  readonly notes: readonly string[];
};

type Asked = {
  readonly format?: TraceFormat | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly maxExpandedBytes?: number | undefined;
};

export async function openContent(
  source: OpenedSource,
  { format, signal, maxExpandedBytes = Number.POSITIVE_INFINITY }: Asked,
): Promise<OpenedContent> {
  const { file } = source;
  const notes: string[] = [];
  const progress = { bytes: 0 };
  const compressed = new ByteReader(untilAborted(counted(source, progress), signal));
  const { kind, bytes } = await expand(compressed, file, {
    maxBytes: maxExpandedBytes,
    onNote: (note) => notes.push(note),
  });
  const reader = new ByteReader(bytes);
  const common = { bytesRead: () => progress.bytes, notes };
  if (format !== undefined && TRACE_FORMATS[format].content === "binary") {
    return { ...common, start: new Uint8Array(0), pieces: () => reader };
  }
  const head = await reader.peek(DETECTION_BYTES);
  refuseUnsupported(head, file, kind);
  const encoding = textEncodingOf(head, file);
  const isAll = head.length < DETECTION_BYTES;
  return {
    ...common,
    start: encoding === undefined ? head : decodeStart(head, isAll, encoding, file),
    pieces: (found) => (TRACE_FORMATS[found].content === "binary" ? reader : decodeText(reader, encoding ?? "utf-8", file)),
  };
}

export async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Cuts pieces that are too long: parsing one must neither keep other work waiting nor fill the memory with blocks. */
async function* counted(source: OpenedSource, progress: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const piece of source.bytes) {
    for (let start = 0; start < piece.length; start += MAX_PIECE_BYTES) {
      const part = piece.subarray(start, start + MAX_PIECE_BYTES);
      progress.bytes += part.length;
      yield part;
    }
  }
}
