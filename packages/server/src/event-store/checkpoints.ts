import type { Pool, PoolClient } from "pg";
import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import { type BinaryRow, copyRows, readInt4, sqlInteger } from "../database/copy-binary.ts";
import { inTransaction } from "../database/pool.ts";
import { CHECKPOINT_PART } from "./checkpoint-part.ts";
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
    await client.query("delete from checkpoints where root_run_id = $1 and run_id = $2 and position = $3", [rootRun, run, position]);
    for (const [part, compressed] of parts.entries()) {
      const values = [rootRun, run, position, part, parts.length, compressed];
      await client.query(`insert into checkpoints (${CHECKPOINT_PART.selection}) values ($1, $2, $3, $4, $5, $6, $7)`, [
        ...values,
        CHECKPOINT_PART.checksum(values),
      ]);
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

/** Of a run that will not be continued. */
export async function dropCheckpoints(pool: Pool, run: number): Promise<void> {
  await pool.query("delete from checkpoints c using runs r where r.id = $1 and c.root_run_id = r.root_run_id and c.run_id = r.id", [run]);
}

async function dropOld(client: PoolClient, rootRun: number, run: number): Promise<void> {
  await client.query(
    `delete from checkpoints where root_run_id = $1 and run_id = $2 and position not in (
       select distinct position from checkpoints where root_run_id = $1 and run_id = $2 order by position desc limit $3)`,
    [rootRun, run, CHECKPOINTS_KEPT],
  );
}

/**
 * The newest checkpoint of the run itself, or the newest at or before a position; undefined if there is none. One that is
 * damaged (a row altered or missing) is passed over for the one before, and `onDamaged` hears of it.
 * @throws BallastError RUN_NOT_FOUND.
 */
export async function latestCheckpoint(
  pool: Pool,
  run: number,
  atOrBefore = Number.MAX_SAFE_INTEGER,
  onDamaged: (position: number, what: string) => void = () => undefined,
): Promise<Checkpoint | undefined> {
  const { rootRun } = await readHead(pool, run);
  for (let below = atOrBefore; ;) {
    const position = await newestPosition(pool, [rootRun, run, below]);
    if (position === undefined) return undefined;
    const read = await readCheckpoint(pool, { rootRun, run, position });
    if (typeof read !== "string") return { position, bytes: read };
    onDamaged(position, read);
    below = position - 1;
  }
}

async function newestPosition(pool: Pool, values: readonly number[]): Promise<number | undefined> {
  const { rows } = await pool.query<{ position: number | null }>(
    "select max(position) as position from checkpoints where root_run_id = $1 and run_id = $2 and position <= $3",
    [...values],
  );
  return rows[0]?.position ?? undefined;
}

type CheckpointKey = { readonly rootRun: number; readonly run: number; readonly position: number };

/** Its bytes, or what is wrong with it. Nothing is expanded before its checksum was compared. */
async function readCheckpoint(pool: Pool, { rootRun, run, position }: CheckpointKey): Promise<Uint8Array | string> {
  const rows = await copyRows(
    pool,
    `select ${CHECKPOINT_PART.selection} from checkpoints where root_run_id = ${sqlInteger(rootRun)}
       and run_id = ${sqlInteger(run)} and position = ${sqlInteger(position)} order by part`,
  );
  const damage = checkpointDamage(rows);
  if (damage !== undefined) return damage;
  const parts = await Promise.all(rows.map(async (row) => await expand(row[BYTES] ?? Buffer.alloc(0))));
  return Buffer.concat(parts);
}

/** What is wrong with the rows of a checkpoint, by ascending part; undefined if nothing is. */
function checkpointDamage(rows: readonly BinaryRow[]): string | undefined {
  for (const [index, row] of rows.entries()) {
    const damage = partDamage(row, index);
    if (damage !== undefined) return damage;
  }
  return countDamage(rows.at(-1), rows.length);
}

/** What is wrong with a row that is to be the part of that index. */
export function partDamage(row: BinaryRow, index: number): string | undefined {
  if (CHECKPOINT_PART.compare(row.slice(0, -1), row.at(-1)) !== "equal") return `does not match its checksum (part ${index})`;
  return readInt4(row[PART]) === index ? undefined : `lacks part ${index}`;
}

/** What is wrong with the number of rows of a checkpoint, by any of them. */
export function countDamage(row: BinaryRow | undefined, count: number): string | undefined {
  const expected = row === undefined ? 1 : readInt4(row[PART_COUNT]);
  return expected === count ? undefined : `has ${count} of its ${expected} parts`;
}

const [PART, PART_COUNT, BYTES] = (["part", "part_count", "bytes"] as const).map((name) => CHECKPOINT_PART.names.indexOf(name)) as [
  number,
  number,
  number,
];
