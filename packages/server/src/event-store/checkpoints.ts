import type { Pool, PoolClient } from "pg";
import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import { copyRows, readInt8, sqlInteger } from "../database/copy-binary.ts";
import { inTransaction } from "../database/pool.ts";
import { readHead } from "./run-head.ts";

const compress = promisify(zstdCompress);
const expand = promisify(zstdDecompress);

/** A run keeps its newest checkpoints, this many: the last, and the one before in case its events were not stored. */
export const CHECKPOINTS_KEPT = 2;
/** Raw bytes per row. A bytea may have 1 GB, but a message as large costs as much memory on both sides. */
const PART_BYTES = 64 * 1024 * 1024;

/** The whole kernel at a position, as opaque bytes. */
export type Checkpoint = { readonly position: number; readonly bytes: Uint8Array };

/**
 * Stores a checkpoint (compressed) and drops those beyond the newest two. A second one at the same position replaces it.
 * @throws BallastError RUN_NOT_FOUND, DATABASE_UNREACHABLE, DATABASE_FULL.
 */
export async function saveCheckpoint(pool: Pool, run: number, position: number, bytes: Uint8Array): Promise<void> {
  const { rootRun } = await readHead(pool, run);
  const parts = await compressParts(bytes);
  await inTransaction(pool, async (client) => {
    await client.query("select 1 from runs where id = $1 for update", [run]);
    await client.query("delete from checkpoints where root_run_id = $1 and run_id = $2 and position = $3", [
      rootRun,
      run,
      position,
    ]);
    for (const [part, compressed] of parts.entries()) {
      await client.query(
        "insert into checkpoints (root_run_id, run_id, position, part, bytes) values ($1, $2, $3, $4, $5)",
        [rootRun, run, position, part, compressed],
      );
    }
    await dropOld(client, rootRun, run);
  });
}

async function compressParts(bytes: Uint8Array): Promise<Buffer[]> {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += PART_BYTES) {
    const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
    parts.push(await compress(bytes.subarray(at, at + PART_BYTES), options));
  }
  return parts;
}

async function dropOld(client: PoolClient, rootRun: number, run: number): Promise<void> {
  await client.query(
    `delete from checkpoints where root_run_id = $1 and run_id = $2 and position not in (
       select distinct position from checkpoints where root_run_id = $1 and run_id = $2 order by position desc limit $3)`,
    [rootRun, run, CHECKPOINTS_KEPT],
  );
}

/**
 * The newest checkpoint of the run itself, or the newest at or before a position; undefined if there is none.
 * @throws BallastError RUN_NOT_FOUND.
 */
export async function latestCheckpoint(pool: Pool, run: number, atOrBefore?: number): Promise<Checkpoint | undefined> {
  const { rootRun } = await readHead(pool, run);
  const own = `root_run_id = ${sqlInteger(rootRun)} and run_id = ${sqlInteger(run)}`;
  const most = sqlInteger(atOrBefore ?? Number.MAX_SAFE_INTEGER);
  const rows = await copyRows(
    pool,
    `select position, bytes from checkpoints where ${own}
       and position = (select max(position) from checkpoints where ${own} and position <= ${most}) order by part`,
  );
  if (rows.length === 0) return undefined;
  const parts = await Promise.all(rows.map(async (row) => await expand(row[1] ?? Buffer.alloc(0))));
  return { position: readInt8(rows[0]?.[0]), bytes: Buffer.concat(parts) };
}
