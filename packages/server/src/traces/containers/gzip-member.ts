import { crc32, createInflateRaw } from "node:zlib";
import { TraceError } from "@ballast/core/trace";
import type { ByteReader } from "../byte-reader.ts";
import type { ContainerPlace } from "./container-place.ts";
import { readGzipHeader } from "./gzip-header.ts";
import { DECODER_OPTIONS, runDecoder } from "./run-decoder.ts";
import { takeExactly } from "./take-exactly.ts";

const TRAILER_BYTES = 8;
const SIZE_MODULUS = 2 ** 32;

/** Expands one member, and holds it against its checksum and its length. */
export async function* readGzipMember(reader: ByteReader, place: ContainerPlace): AsyncGenerator<Uint8Array> {
  await readGzipHeader(reader, place);
  let checksum = 0;
  let length = 0;
  try {
    for await (const bytes of runDecoder(createInflateRaw(DECODER_OPTIONS), reader)) {
      checksum = crc32(bytes, checksum);
      length += bytes.length;
      yield bytes;
    }
  } catch (error) {
    throw describeFailure(error, place);
  }
  const trailer = await takeExactly(reader, TRAILER_BYTES, place);
  if (trailer.readUInt32LE(0) !== checksum) throw place.damaged("its checksum does not fit its content");
  if (trailer.readUInt32LE(4) !== length % SIZE_MODULUS) throw place.damaged("its length does not fit its content");
}

function describeFailure(error: unknown, place: ContainerPlace): unknown {
  if (error instanceof TraceError || !(error instanceof Error)) return error;
  const code = "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR") return place.cutOff();
  return code.startsWith("Z_") ? place.damaged(error.message, error) : error;
}
