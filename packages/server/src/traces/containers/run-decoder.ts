import type { Transform } from "node:stream";
import type { ByteReader } from "../byte-reader.ts";

/** One of Node's decompressors: it ends by itself where the compressed data ends, and knows how much it took. */
export type Decoder = Transform & { readonly bytesWritten: number };

/** Options of every decoder. */
export const DECODER_OPTIONS = { chunkSize: 2 ** 18 };

/** Expands from where the reader is to the end of the compressed data, and puts back what lies behind it. */
export async function* runDecoder(decoder: Decoder, reader: ByteReader): AsyncGenerator<Uint8Array> {
  const handed = new HandedBytes();
  yield* decode(decoder, handed.record(reader, decoder));
  reader.unread(handed.lastOf(handed.count - decoder.bytesWritten));
}

/** Expands pieces that are known to be all of the compressed data. */
export async function* decode(decoder: Decoder, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Failures of either side reach the reader of the decoder.
  hand(pieces, decoder).catch((error: unknown) => decoder.destroy(error as Error));
  try {
    yield* decoder as AsyncIterable<Uint8Array>;
  } finally {
    decoder.destroy();
  }
}

/**
 * Hands over a piece only when the one before was taken whole, so that none is read ahead. Where a decoder ends within a
 * piece, it takes no more; it may also never answer, and then destroying it ends the wait.
 */
async function hand(pieces: AsyncIterable<Uint8Array>, decoder: Decoder): Promise<void> {
  let count = 0;
  for await (const bytes of pieces) {
    await write(decoder, bytes);
    count += bytes.length;
    if (decoder.bytesWritten < count) return;
  }
  decoder.end();
}

async function write(decoder: Decoder, bytes: Uint8Array): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  decoder.write(bytes, (error) => (error ? reject(error) : resolve()));
  await promise;
}

/** Remembers the pieces that a decoder was handed, as long as it may not have taken them. */
class HandedBytes {
  count = 0;
  #pieces: Uint8Array[] = [];

  async *record(reader: ByteReader, decoder: Decoder): AsyncGenerator<Uint8Array> {
    for (let bytes = await reader.next(); bytes !== undefined; bytes = await reader.next()) {
      if (this.count === decoder.bytesWritten) this.#pieces = [];
      this.#pieces.push(bytes);
      this.count += bytes.length;
      yield bytes;
    }
  }

  lastOf(count: number): Uint8Array {
    const bytes = Buffer.concat(this.#pieces);
    return bytes.subarray(bytes.length - count);
  }
}
