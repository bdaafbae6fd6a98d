import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import { type BackupEnd, encodePartHeader, MAGIC, type Manifest, type Part, PART_BYTES } from "./backup-format.ts";

const compress = promisify(zstdCompress);
/** Parts that are compressed at the same time, on Node's thread pool. */
const AT_A_TIME = 4;

/** What the rows of a table come in: any pieces of one COPY BINARY, and how many rows they were once all are read. */
export type RowSource = { readonly pieces: AsyncIterable<Uint8Array>; rowCount(): number };

/** The bytes of a backup: the manifest, the rows of each of its tables, the end. */
export async function* writeParts(manifest: Manifest, open: (table: number) => RowSource): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256").update(MAGIC);
  yield MAGIC;
  const encoder = new PartEncoder();
  const rows: number[] = [];
  for await (const bytes of encoder.encode(tableParts(manifest, open, rows))) {
    hash.update(bytes);
    yield bytes;
  }
  const end: BackupEnd = { rows, sha256: hash.digest("hex") };
  yield* encoder.encode([{ kind: "end", table: 0, bytes: Buffer.from(JSON.stringify(end)) }]);
}

async function* tableParts(manifest: Manifest, open: (table: number) => RowSource, rows: number[]): AsyncGenerator<Part> {
  yield { kind: "manifest", table: 0, bytes: Buffer.from(JSON.stringify(manifest)) };
  for (const table of manifest.tables.keys()) {
    const source = open(table);
    for await (const bytes of inPartSizes(source.pieces)) yield { kind: "rows", table, bytes };
    rows.push(source.rowCount());
  }
}

/** Joins and cuts pieces into such of PART_BYTES; the last is smaller. */
async function* inPartSizes(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (let piece of pieces) {
    while (length + piece.length >= PART_BYTES) {
      const room = PART_BYTES - length;
      yield Buffer.concat([...waiting, piece.subarray(0, room)]);
      piece = piece.subarray(room);
      [waiting, length] = [[], 0];
    }
    if (piece.length > 0) waiting.push(piece);
    length += piece.length;
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/** Numbers, compresses and checks parts. Some are compressed ahead of the one that is written. */
class PartEncoder {
  #number = 0;
  #crc = 0;

  async *encode(parts: AsyncIterable<Part> | Iterable<Part>): AsyncGenerator<Uint8Array> {
    const waiting: Promise<{ part: Part; stored: Buffer }>[] = [];
    for await (const part of parts) {
      const stored = compressPart(part);
      // Awaited in its turn, where its failure is met.
      stored.catch(() => undefined);
      waiting.push(stored);
      if (waiting.length >= AT_A_TIME) yield* this.#emit(await waiting.shift()!);
    }
    for (const stored of waiting) yield* this.#emit(await stored);
  }

  *#emit({ part: { kind, table, bytes }, stored }: { part: Part; stored: Buffer }): Generator<Uint8Array> {
    const lengths = { storedBytes: stored.length, rawBytes: bytes.length };
    const header = encodePartHeader(this.#number, { kind, table, ...lengths }, this.#crc, stored);
    this.#number++;
    this.#crc = header.readUInt32LE(16);
    yield header;
    yield stored;
  }
}

async function compressPart(part: Part): Promise<{ part: Part; stored: Buffer }> {
  const options = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };
  return { part, stored: await compress(part.bytes, options) };
}
