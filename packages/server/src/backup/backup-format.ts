import { crc32 } from "node:zlib";

/**
 * A file begins with MAGIC; parts follow one after the other, the last is of the kind `end`, and nothing follows it. Each
 * part has a header of PART_HEADER_BYTES, little-endian: its number from 0 (u32), its kind (u8), the index of its table
 * in the manifest (u8), two zero bytes, the length of what is stored (u32) and of what that expands to (u32), and a
 * CRC-32 (u32) over the header before it, the CRC-32 of the part before (0 for the first) and what is stored: so that
 * parts that were left out, repeated or exchanged do not match. What is stored is one zstd frame.
 */
export const MAGIC = Buffer.from("\x89BALLAST\r\n\x1a\n", "latin1");
/** Raised when a version that knows only the one before could not read the file. */
export const FORMAT_VERSION = 1;
export const PART_HEADER_BYTES = 20;
/** What one part expands to, at most; so much of each of some parts is in memory at a time. */
export const PART_BYTES = 1024 * 1024;
/** More is never stored of a part: what zstd makes of bytes that cannot be compressed. */
export const MAX_STORED_BYTES = PART_BYTES + 64 * 1024;

/** `manifest`: JSON, a Manifest. `rows`: a piece of a table in Postgres' COPY BINARY. `end`: JSON, a BackupEnd. */
export const PART_KINDS = ["manifest", "rows", "end"] as const;
export type PartKind = (typeof PART_KINDS)[number];

export type Part = {
  readonly kind: PartKind;
  /** Index into the manifest's tables; 0 where there is none. */
  readonly table: number;
  /** Expanded, at most PART_BYTES. */
  readonly bytes: Uint8Array;
};

export type SavedColumn = { readonly name: string; /** As Postgres formats it, such as `bigint`. */ readonly type: string };
export type SavedTable = { readonly name: string; readonly columns: readonly SavedColumn[] };

export type Manifest = {
  readonly format: number;
  /** The version of Ballast that wrote it. */
  readonly ballast: string;
  /** ISO 8601; the moment of the snapshot. */
  readonly createdAt: string;
  /** `server_version` of the Postgres that it was saved from. */
  readonly postgres: string;
  /** Names of the migrations that the database had: the tables are as they left them. */
  readonly migrations: readonly string[];
  /** In the order of the parts. */
  readonly tables: readonly SavedTable[];
  readonly runs: number;
  readonly comparisons: number;
  readonly traces: number;
  /** To runs, answered ones among them. */
  readonly commands: number;
  /** How many bytes all rows take about, before compression: for progress. */
  readonly approximateBytes: number;
};

export type BackupEnd = {
  /** Of each table, in the manifest's order. */
  readonly rows: readonly number[];
  /** Hex SHA-256 over every byte of the file before this part. */
  readonly sha256: string;
};

export type PartHeader = { readonly kind: PartKind; readonly table: number; readonly storedBytes: number; readonly rawBytes: number };

/** The header of a part, its CRC included. */
export function encodePartHeader(
  number: number,
  { kind, table, storedBytes, rawBytes }: PartHeader,
  crcBefore: number,
  stored: Uint8Array,
): Buffer {
  const header = Buffer.alloc(PART_HEADER_BYTES);
  header.writeUInt32LE(number, 0);
  header.writeUInt8(PART_KINDS.indexOf(kind), 4);
  header.writeUInt8(table, 5);
  header.writeUInt32LE(storedBytes, 8);
  header.writeUInt32LE(rawBytes, 12);
  header.writeUInt32LE(partCrc(header, crcBefore, stored), 16);
  return header;
}

export function partCrc(header: Uint8Array, crcBefore: number, stored: Uint8Array): number {
  const before = Buffer.alloc(4);
  before.writeUInt32LE(crcBefore);
  return crc32(stored, crc32(before, crc32(header.subarray(0, 16))));
}
