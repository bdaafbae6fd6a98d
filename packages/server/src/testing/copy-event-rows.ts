import { from as copyFrom } from "pg-copy-streams";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { EventBatch } from "@ballast/core/events";
import type { Pool } from "../database/index.ts";

/** The way that a table of one row per event is filled fastest, to compare with. */
export async function createEventRows(pool: Pool): Promise<void> {
  await pool.query(
    `create table event_rows (run_id bigint, position bigint, type smallint, time_ns bigint, vm integer, process integer,
       a integer, b integer, c integer, d bigint, primary key (run_id, position))`,
  );
}

/** Appends a batch through COPY BINARY in a transaction of its own. */
export async function copyEventRows(pool: Pool, batch: EventBatch): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(Readable.from([encodeRows(batch)]), client.query(copyFrom("copy event_rows from stdin (format binary)")));
  } finally {
    client.release();
  }
}

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
/** Number of fields; then for each its length and its bytes: 4 of 8 bytes, 5 of 4, one of 2. */
const ROW_BYTES = 2 + 10 * 4 + 4 * 8 + 5 * 4 + 2;

function encodeRows(batch: EventBatch): Buffer {
  const bytes = Buffer.allocUnsafe(SIGNATURE.length + batch.length * ROW_BYTES + 2);
  let at = SIGNATURE.copy(bytes);
  const int8 = (value: number): void => {
    at = bytes.writeInt32BE(8, at);
    at = bytes.writeInt32BE(Math.floor(value / 2 ** 32), at);
    at = bytes.writeUInt32BE(value >>> 0, at);
  };
  const int4 = (value: number): void => {
    at = bytes.writeInt32BE(4, at);
    at = bytes.writeInt32BE(value, at);
  };
  for (let i = 0; i < batch.length; i++) {
    at = bytes.writeInt16BE(10, at);
    int8(1);
    int8(batch.firstPosition + i);
    at = bytes.writeInt32BE(2, at);
    at = bytes.writeInt16BE(batch.types[i] ?? 0, at);
    int8(batch.timesNs[i] ?? 0);
    for (const column of [batch.vms, batch.processes, batch.a, batch.b, batch.c]) int4(column[i] ?? 0);
    int8(batch.d[i] ?? 0);
  }
  bytes.writeInt16BE(-1, at);
  return bytes;
}
