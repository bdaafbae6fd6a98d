import { assert } from "@ballast/core/assert";
import type { Pool, PoolClient } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { databaseError } from "./database-error.ts";
import { connect } from "./pool.ts";

/** The fields of one row in Postgres' binary form; null where the column is. */
export type BinaryRow = readonly (Buffer | null)[];

/** "PGCOPY\n\377\r\n\0", flags and length of the header's extension. */
const HEADER_BYTES = 19;

/**
 * All rows of a query through COPY BINARY: bytea comes as it is, where the text protocol doubles it into hex and takes
 * three times as long. COPY knows no parameters, so the text must be made of integers and fixed names only.
 */
export async function copyRows(pool: Pool, query: string): Promise<BinaryRow[]> {
  const client = await connect(pool);
  try {
    const rows = await copyRowsOn(client, query);
    client.release();
    return rows;
  } catch (error) {
    client.release(error instanceof Error ? error : true);
    throw databaseError(error);
  }
}

/** Like `copyRows` on a connection, such as that of a transaction. */
export async function copyRowsOn(client: PoolClient, query: string): Promise<BinaryRow[]> {
  const chunks: Buffer[] = [];
  const stream = client.query(copyTo(`copy (${query}) to stdout (format binary)`, { highWaterMark: 1 << 20 }));
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return parseCopy(Buffer.concat(chunks));
}

/** An integer as COPY's query may have it. */
export function sqlInteger(value: number): string {
  assert(Number.isSafeInteger(value), () => `${value} is not an integer`);
  return value.toFixed(0);
}

/** Integers with commas between them. */
export function sqlIntegers(values: readonly number[]): string {
  return values.map(sqlInteger).join(",");
}

function parseCopy(bytes: Buffer): BinaryRow[] {
  const rows: BinaryRow[] = [];
  let at = HEADER_BYTES;
  for (;;) {
    const fields = bytes.readInt16BE(at);
    at += 2;
    if (fields === -1) return rows;
    const row: (Buffer | null)[] = [];
    for (let i = 0; i < fields; i++) {
      const length = bytes.readInt32BE(at);
      at += 4;
      row.push(length === -1 ? null : bytes.subarray(at, at + length));
      at += Math.max(length, 0);
    }
    rows.push(row);
  }
}

export function readInt8(field: Buffer | null | undefined): number {
  assert(field?.length === 8, "a binary field is not an int8");
  return field.readInt32BE(0) * 2 ** 32 + field.readUInt32BE(4);
}

export function readInt4(field: Buffer | null | undefined): number {
  assert(field?.length === 4, "a binary field is not an int4");
  return field.readInt32BE(0);
}

export function readInt2(field: Buffer | null | undefined): number {
  assert(field?.length === 2, "a binary field is not an int2");
  return field.readInt16BE(0);
}

/** An int2[] or int4[] of one dimension without nulls. */
export function readIntegerArray(field: Buffer | null | undefined): number[] {
  assert(field !== null && field !== undefined, "a binary field is not an array");
  if (field.readInt32BE(0) === 0) return [];
  const values: number[] = [];
  let at = 20;
  for (let left = field.readInt32BE(12); left > 0; left--) {
    const length = field.readInt32BE(at);
    values.push(field.readIntBE(at + 4, length));
    at += 4 + length;
  }
  return values;
}

/** An element of a float8[] of one dimension, counted from 0; null where it is null or there is none. */
export function readFloat8At(field: Buffer | null | undefined, index: number): number | null {
  assert(field !== null && field !== undefined, "a binary field is not an array");
  if (field.readInt32BE(0) === 0 || index >= field.readInt32BE(12)) return null;
  let at = 20;
  for (let left = index; left > 0; left--) at += 4 + Math.max(field.readInt32BE(at), 0);
  return field.readInt32BE(at) === -1 ? null : field.readDoubleBE(at + 4);
}

/** A text[] of one dimension without nulls. */
export function readTextArray(field: Buffer | null | undefined): string[] {
  assert(field !== null && field !== undefined, "a binary field is not an array");
  if (field.readInt32BE(0) === 0) return [];
  const texts: string[] = [];
  let at = 20;
  for (let left = field.readInt32BE(12); left > 0; left--) {
    const length = field.readInt32BE(at);
    texts.push(field.toString("utf8", at + 4, at + 4 + length));
    at += 4 + length;
  }
  return texts;
}
