import { constants, createZstdDecompress } from "node:zlib";
import { assert } from "@ballast/core/assert";
import { TraceError } from "@ballast/core/trace";
import type { ByteReader } from "../byte-reader.ts";
import type { ContainerPlace } from "./container-place.ts";
import { decode, DECODER_OPTIONS } from "./run-decoder.ts";
import { ZstdFrameEnd } from "./zstd-frame-end.ts";
import { MAX_HEADER_BYTES, MAX_WINDOW_LOG, readZstdHeader } from "./zstd-header.ts";

const SKIPPABLE_HEADER_BYTES = 8;
const OPTIONS = { ...DECODER_OPTIONS, params: { [constants.ZSTD_d_windowLogMax]: MAX_WINDOW_LOG } };

/** Expands one frame; one that only holds data for others (skippable, as pzstd writes) gives nothing. */
export async function* readZstdFrame(reader: ByteReader, place: ContainerPlace): AsyncGenerator<Uint8Array> {
  const head = await reader.peek(MAX_HEADER_BYTES);
  if (head[0] !== 0x28) return await skipFrame(reader, place);
  const end = new ZstdFrameEnd(readZstdHeader(head, place), place);
  const decoder = createZstdDecompress(OPTIONS);
  try {
    yield* decode(decoder, frameBytes(reader, end, place));
  } catch (error) {
    throw describeFailure(error, place);
  }
  assert(decoder.bytesWritten === reader.position - place.partStart, "a decoder takes the whole frame");
}

async function* frameBytes(reader: ByteReader, end: ZstdFrameEnd, place: ContainerPlace): AsyncGenerator<Uint8Array> {
  while (!end.reached) {
    const bytes = await reader.next();
    if (bytes === undefined) throw place.cutOff();
    const length = end.advance(bytes);
    reader.unread(bytes.subarray(length));
    yield bytes.subarray(0, length);
  }
}

async function skipFrame(reader: ByteReader, place: ContainerPlace): Promise<void> {
  const header = Buffer.from(await reader.take(SKIPPABLE_HEADER_BYTES));
  if (header.length < SKIPPABLE_HEADER_BYTES) throw place.cutOff();
  let left = header.readUInt32LE(4);
  while (left > 0) {
    const bytes = await reader.next();
    if (bytes === undefined) throw place.cutOff();
    reader.unread(bytes.subarray(left));
    left -= Math.min(left, bytes.length);
  }
}

function describeFailure(error: unknown, place: ContainerPlace): unknown {
  if (error instanceof TraceError || !(error instanceof Error)) return error;
  const code = "code" in error ? String(error.code) : "";
  if (code === "ZSTD_error_checksum_wrong") return place.damaged("its checksum does not fit its content", error);
  if (code === "ZSTD_error_memory_allocation") {
    return place.unsupported("needs more memory than there is", "Compress it again with a smaller window (zstd --long=27).");
  }
  return /^(?:Z|ZSTD)_/.test(code) ? place.damaged(error.message, error) : error;
}
