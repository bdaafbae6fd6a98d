import { TraceError } from "../trace-error.ts";

/** What the header of an lcs trace says. */
export interface LcsHeader {
  readonly headerBytes: number;
  readonly version: number;
  readonly recordBytes: number;
  /** Requests in the file; undefined in headers that do not tell. */
  readonly requestCount: number | undefined;
}

/** The first and last eight bytes of a header: 0x123456789abcdef0, little-endian. */
const MAGIC = Uint8Array.of(0xf0, 0xde, 0xbc, 0x9a, 0x78, 0x56, 0x34, 0x12);
const VERSION_OFFSET = 8;
/** Behind magic number, version and the version of the statistics. */
const REQUEST_COUNT_OFFSET = 24;

/** Lengths of headers that libCacheSim has written, the present one first. */
const HEADER_LENGTHS = [8192, 1024] as const;
export const MAX_LCS_HEADER_BYTES = HEADER_LENGTHS[0];

/** Bytes of a record by version, from 1: u32 time, u64 object, then more fields (libCacheSim, lcs.h). */
const RECORD_BYTES = [24, 28, 36, 40, 44, 52, 68, 100] as const;

export function beginsAsLcs(bytes: Uint8Array): boolean {
  return hasMagic(bytes, 0);
}

/** Reads a header from the first `MAX_LCS_HEADER_BYTES` bytes of a file, or all there are. */
export function readLcsHeader(bytes: Uint8Array, file: string): LcsHeader {
  const headerBytes = HEADER_LENGTHS.find((length) => hasMagic(bytes, length - MAGIC.length));
  if (!beginsAsLcs(bytes) || headerBytes === undefined) return refuse(file, 0, "it has no header with both magic numbers");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = Number(view.getBigUint64(VERSION_OFFSET, true));
  const recordBytes = RECORD_BYTES[version - 1];
  if (recordBytes === undefined) {
    const known = `versions 1 to ${RECORD_BYTES.length} are known`;
    return refuse(file, VERSION_OFFSET, `its header has no version that is known (${known}), as those before version 1`);
  }
  // The shorter header came with statistics of another layout.
  const told = headerBytes === MAX_LCS_HEADER_BYTES ? Number(view.getBigInt64(REQUEST_COUNT_OFFSET, true)) : 0;
  return { headerBytes, version, recordBytes, requestCount: told > 0 ? told : undefined };
}

function hasMagic(bytes: Uint8Array, offset: number): boolean {
  return MAGIC.every((byte, index) => bytes[offset + index] === byte);
}

function refuse(file: string, byteOffset: number, found: string): never {
  const advice = "Convert it with libCacheSim's traceConv to lcs_v1 or oracleGeneral.";
  throw new TraceError("format-unsupported", { file, format: "lcs", byteOffset }, found, advice);
}
