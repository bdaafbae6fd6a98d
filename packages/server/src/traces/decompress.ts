import { pipeline, Readable, type Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { TraceError } from "@ballast/core/trace";
import { peekBytes } from "./peek-bytes.ts";

/** RFC 1952. */
const GZIP_MAGIC = Uint8Array.of(0x1f, 0x8b);
/** RFC 8878. */
const ZSTD_MAGIC = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd);
const CHUNK_BYTES = 2 ** 18;

/**
 * Expands gzip and zstd, told by their first bytes; other bytes go through as they are. Holds no more than a piece and
 * the compressor's window in memory. Throws a `TraceError` where compressed data is damaged or ends early.
 */
export async function* decompress(pieces: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const { head, all } = await peekBytes(pieces, ZSTD_MAGIC.length);
  const options = { chunkSize: CHUNK_BYTES };
  if (startsWith(head, GZIP_MAGIC)) yield* expand(all, createGunzip(options), "gzip", file);
  else if (startsWith(head, ZSTD_MAGIC)) yield* expand(all, createZstdDecompress(options), "zstd", file);
  else yield* all;
}

async function* expand(
  pieces: AsyncIterable<Uint8Array>,
  expander: Transform,
  compression: "gzip" | "zstd",
  file: string,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  // Failures of either side reach the reader of the last stream, below.
  pipeline(Readable.from(pieces), expander, () => undefined);
  try {
    for await (const piece of expander as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      yield piece;
    }
  } catch (error) {
    throw describeDamage(error, compression, file, bytes);
  } finally {
    expander.destroy();
  }
}

function describeDamage(error: unknown, compression: "gzip" | "zstd", file: string, bytes: number): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!/^(?:Z|ZSTD)_/.test(code)) return error;
  const found =
    code === "Z_BUF_ERROR"
      ? `the ${compression} data ends too early, after ${bytes} expanded bytes`
      : `the ${compression} data is damaged somewhere after ${bytes} expanded bytes (${(error as Error).message})`;
  const advice = "The file is cut off or was changed on its way: fetch or record it again. Nothing was imported.";
  return new TraceError("compression-damaged", { file, byteOffset: bytes }, found, advice, { cause: error });
}

function startsWith(bytes: Uint8Array, magic: Uint8Array): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
