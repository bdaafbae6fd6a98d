import type { MachineFacts } from "@ballast/core/memory";
import type { Pool } from "pg";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { copyRows, readInt8, sqlInteger, sqlIntegers } from "../database/copy-binary.ts";
import { databaseError } from "../database/database-error.ts";
import { TABLE_LAYOUT } from "../database/layouts.ts";
import { inTransaction } from "../database/pool.ts";
import { readHead, type RunSegment } from "../event-store/index.ts";
import type { EncodedKeyframe } from "./keyframe-encoder.ts";

const expand = promisify(zstdDecompress);

/** A stored keyframe without its columns. */
export type KeyframeRow = {
  readonly rootRun: number;
  readonly run: number;
  readonly position: number;
  readonly basePosition: number | null;
  readonly fullPosition: number;
  readonly textCount: number;
  readonly facts: MachineFacts;
};

/** Stores a keyframe; one that is there already stays as it is. */
export async function saveKeyframe(pool: Pool, run: number, keyframe: EncodedKeyframe): Promise<void> {
  const { rootRun } = await readHead(pool, run);
  await inTransaction(pool, async (client) => {
    await client.query(
      "delete from keyframes where root_run_id = $1 and run_id = $2 and position = $3 and layout is distinct from $4",
      [rootRun, run, keyframe.position, TABLE_LAYOUT],
    );
    const { rowCount } = await client.query(
      `insert into keyframes (root_run_id, run_id, position, base_position, full_position, time_ns, text_count, facts, stored_bytes, layout)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
      [
        rootRun,
        run,
        keyframe.position,
        keyframe.basePosition,
        keyframe.fullPosition,
        keyframe.timeNs,
        keyframe.textCount,
        asBuffer(keyframe.facts),
        keyframe.storedBytes,
        TABLE_LAYOUT,
      ],
    );
    if (rowCount === 0) return;
    for (const [part, bytes] of keyframe.parts.entries()) {
      await client.query(
        "insert into keyframe_parts (root_run_id, run_id, position, part, bytes) values ($1, $2, $3, $4, $5)",
        [rootRun, run, keyframe.position, part, asBuffer(bytes)],
      );
    }
  });
}

function asBuffer(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

type Row = Omit<KeyframeRow, "facts"> & { facts: Buffer };

/** The last keyframe at or before a position, in the segments of a run; one of another layout is passed over. */
export async function findKeyframe(
  pool: Pool,
  segments: readonly RunSegment[],
  position: number,
): Promise<KeyframeRow | undefined> {
  for (const segment of segments.toReversed()) {
    if (segment.firstPosition > position) continue;
    const row = await lastKeyframe(pool, segment, Math.min(position, segment.lastPosition));
    if (row !== undefined)
      return { ...row, facts: JSON.parse((await expand(row.facts)).toString("utf8")) as MachineFacts };
  }
  return undefined;
}

async function lastKeyframe(pool: Pool, segment: RunSegment, position: number): Promise<Row | undefined> {
  try {
    const { rows } = await pool.query<Row>({
      name: "last_keyframe",
      text: `select root_run_id as "rootRun", run_id as run, position, base_position as "basePosition",
               full_position as "fullPosition", text_count as "textCount", facts
             from keyframes where root_run_id = $1 and run_id = $2 and position <= $3 and layout = $4 order by position desc limit 1`,
      values: [segment.rootRun, segment.sourceRun, position, TABLE_LAYOUT],
    });
    return rows[0];
  } catch (error) {
    throw databaseError(error);
  }
}

/** The facts of the keyframe at exactly a position of the run that holds it. */
export async function fetchFacts(pool: Pool, row: KeyframeRow, position: number): Promise<MachineFacts> {
  const segment = {
    rootRun: row.rootRun,
    sourceRun: row.run,
    firstPosition: position,
    lastPosition: position,
    lastTextId: 0,
  };
  const found = await findKeyframe(pool, [segment], position);
  if (found?.position !== position) throw new Error(`keyframe ${position} of run ${row.run} is gone`);
  return found.facts;
}

/** The parts of some keyframes of one run by position, in order. */
export async function fetchParts(
  pool: Pool,
  row: KeyframeRow,
  positions: readonly number[],
): Promise<Map<number, Buffer[]>> {
  const parts = new Map<number, Buffer[]>(positions.map((position) => [position, []]));
  if (positions.length === 0) return parts;
  const rows = await copyRows(
    pool,
    `select position, bytes from keyframe_parts where root_run_id = ${sqlInteger(row.rootRun)} and run_id = ${sqlInteger(row.run)}
       and position in (${sqlIntegers(positions)}) order by position, part`,
  );
  for (const [position, bytes] of rows) parts.get(readInt8(position))?.push(bytes ?? Buffer.alloc(0));
  return parts;
}
