import { quoteBytes, TraceError } from "@ballast/core/trace";
import type { ByteReader } from "../byte-reader.ts";
import { readBzip2Stream } from "./bzip2-stream.ts";
import { CONTAINER_HEAD_BYTES, containerCutOff, type ContainerKind, containerOf } from "./container-kinds.ts";
import { ContainerPlace } from "./container-place.ts";
import { readGzipMember } from "./gzip-member.ts";
import { readXzStream } from "./xz-stream.ts";
import { readZstdFrame } from "./zstd-frame.ts";

/** Expands one part, from its first byte to exactly its last one. */
type PartReader = (reader: ByteReader, place: ContainerPlace) => AsyncGenerator<Uint8Array>;

const PART_READERS = {
  gzip: readGzipMember,
  zstd: readZstdFrame,
  xz: readXzStream,
  bzip2: readBzip2Stream,
} satisfies Record<ContainerKind, PartReader>;

const XZ_PADDING_UNIT = 4;

export type ExpandOptions = {
  /** More is refused as soon as it is there. */
  readonly maxBytes: number;
  /** Is told what was skipped without harm. */
  readonly onNote: (note: string) => void;
};

export type Expanded = {
  /** What it was compressed with, told by the first bytes. */
  readonly kind: ContainerKind | undefined;
  readonly bytes: AsyncGenerator<Uint8Array>;
};

/**
 * Expands gzip, zstd, xz and bzip2; other bytes go through as they are. Holds no more than a piece and the compressor's
 * window in memory. Either all of the file is read, or a `TraceError` says where it is damaged, ends early, continues
 * with something else, or expands to too much.
 */
export async function expand(reader: ByteReader, file: string, options: ExpandOptions): Promise<Expanded> {
  const head = await reader.peek(CONTAINER_HEAD_BYTES);
  const kind = containerOf(head);
  if (kind !== undefined) return { kind, bytes: expandParts(new ContainerPlace(file, kind, reader), options) };
  refuseCutMagic(head, file);
  return { kind, bytes: reader[Symbol.asyncIterator]() };
}

async function* expandParts(place: ContainerPlace, { maxBytes, onNote }: ExpandOptions): AsyncGenerator<Uint8Array> {
  const { reader, kind } = place;
  try {
    do {
      place.partStart = reader.position;
      for await (const bytes of PART_READERS[kind](reader, place)) {
        place.expandedBytes += bytes.length;
        if (place.expandedBytes > maxBytes) throw place.tooLarge(maxBytes);
        yield bytes;
      }
      place.partCount += 1;
    } while (await continues(place, onNote));
  } finally {
    await reader.close();
  }
}

/** Whether another part follows. Throws for anything else that does. */
async function continues(place: ContainerPlace, onNote: (note: string) => void): Promise<boolean> {
  const { reader, kind } = place;
  const end = reader.position;
  const zeros = kind === "gzip" || kind === "xz" ? await skipZeros(reader) : 0;
  const head = await reader.peek(CONTAINER_HEAD_BYTES);
  if (zeros > 0) notePadding(place, { zeros, end, atEnd: head.length === 0 }, onNote);
  if (head.length === 0) return false;
  const next = containerOf(head);
  if (next === kind) return true;
  if (next !== undefined) throw place.unread(`begins ${next} data, which is not read together with ${kind} data`);
  if (containerCutOff(head) === kind) throw place.unread(`begins another one that is cut off in its first ${head.length} bytes`);
  throw place.unread(`stands something else: ${quoteBytes(head)}`);
}

async function skipZeros(reader: ByteReader): Promise<number> {
  let zeros = 0;
  for (let bytes = await reader.next(); bytes !== undefined; bytes = await reader.next()) {
    const length = bytes.findIndex((byte) => byte !== 0);
    zeros += length < 0 ? bytes.length : length;
    if (length < 0) continue;
    reader.unread(bytes.subarray(length));
    break;
  }
  return zeros;
}

type Padding = { readonly zeros: number; readonly end: number; readonly atEnd: boolean };

/** xz pads streams with zeros, four at a time; tapes pad gzip files at their end, and gzip skips that. */
function notePadding(place: ContainerPlace, { zeros, end, atEnd }: Padding, onNote: (note: string) => void): void {
  if (place.kind === "xz" && zeros % XZ_PADDING_UNIT !== 0) {
    throw place.unread(`stand ${zeros} zero bytes: padding of xz streams is a multiple of ${XZ_PADDING_UNIT} bytes`);
  }
  if (place.kind === "gzip" && !atEnd) throw place.unread(`stand ${zeros} zero bytes, and then something else`);
  if (place.kind === "gzip") onNote(`${zeros} zero bytes of padding behind the gzip data, from byte ${end} on, were skipped.`);
}

function refuseCutMagic(head: Uint8Array, file: string): void {
  const kind = head.length < CONTAINER_HEAD_BYTES ? containerCutOff(head) : undefined;
  if (kind === undefined) return;
  const found = `the file ends within the first bytes of ${kind} data (${quoteBytes(head)})`;
  const advice = "The file is cut off: fetch or record it again. Nothing was imported.";
  throw new TraceError("compression-damaged", { file, fileByte: head.length, byteOffset: 0 }, found, advice);
}
