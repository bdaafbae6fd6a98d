import { BallastError } from "@ballast/core/errors";
import { CATALOGUE_VERSION } from "@ballast/core/events";
import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../database/pool.ts";
import { digestChainAt } from "./digest-chain-at.ts";
import { EMPTY_DIGEST } from "./digest-chain.ts";
import { readHead, requirePosition } from "./run-head.ts";
import { runNotFound } from "./run-not-found.ts";
import { RUN_HEAD, RUN_SEGMENT } from "./commit-parts.ts";
import { cutSegments, loadSegments, OPEN_END, type RunSegment } from "./run-segments.ts";

export type NewRun = {
  /** The run's first status, such as "queued". */
  readonly status: string;
  /** Shares the history of that run up to that position (included; from 0). */
  readonly forkOf?: { readonly run: number; readonly position: number };
};

type Origin = {
  rootRun: number;
  parentRun: number;
  position: number;
  timeNs: number;
  digest: string;
  textCount: number;
  /** The parent's. */
  segments: readonly RunSegment[];
};

/**
 * Makes a run without events of its own and returns its number. Pass a client to do more in the same transaction.
 * @throws BallastError RUN_NOT_FOUND or POSITION_OUT_OF_RANGE for what it is to be forked from.
 */
export async function createRunRow(pool: Pool, run: NewRun, client?: PoolClient): Promise<number> {
  const origin = run.forkOf === undefined ? undefined : await findOrigin(pool, run.forkOf.run, run.forkOf.position);
  if (client !== undefined) return insertRun(client, run.status, origin);
  return inTransaction(pool, (own) => insertRun(own, run.status, origin));
}

async function findOrigin(pool: Pool, parentRun: number, position: number): Promise<Origin> {
  const head = await readHead(pool, parentRun);
  requirePosition(head, position, 0);
  const { chain, timeNs } = await digestChainAt(pool, parentRun, position);
  const segments = await loadSegments(pool, parentRun);
  return { rootRun: head.rootRun, parentRun, position, timeNs, digest: chain.digest(), textCount: chain.textCount, segments };
}

async function insertRun(client: PoolClient, status: string, origin: Origin | undefined): Promise<number> {
  const { rows } = await client.query<{ id: number }>("select nextval(pg_get_serial_sequence('runs', 'id')) as id");
  const run = rows[0]?.id;
  if (run === undefined) throw new Error("the sequence of runs gave no number");
  const { rootRun, position, timeNs, digest, textCount } = origin ?? {
    rootRun: run,
    position: 0,
    timeNs: 0,
    digest: EMPTY_DIGEST,
    textCount: 0,
  };
  const head = [rootRun, run, position, timeNs, digest, textCount];
  await client.query(
    `insert into runs (${RUN_HEAD.selection}, parent_run_id, fork_position, status, catalogue_version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [...head, RUN_HEAD.checksum(head), origin?.parentRun ?? null, origin?.position ?? null, status, CATALOGUE_VERSION],
  );
  await insertSegments(client, run, rootRun, origin);
  return run;
}

/** Those of the parent up to the fork, then the run's own. */
async function insertSegments(client: PoolClient, run: number, rootRun: number, origin: Origin | undefined): Promise<void> {
  const { position, textCount, segments } = origin ?? { position: 0, textCount: 0, segments: [] };
  const inherited = cutSegments(segments, 1, position);
  const own = { rootRun, sourceRun: run, firstPosition: position + 1, lastPosition: OPEN_END, lastTextId: OPEN_END };
  for (const { sourceRun, firstPosition, lastPosition, lastTextId } of [...inherited, own]) {
    const lastText = sourceRun === run ? lastTextId : Math.min(lastTextId, textCount);
    const values = [rootRun, run, sourceRun, firstPosition, lastPosition, lastText];
    await client.query(`insert into run_segments (${RUN_SEGMENT.selection}) values ($1, $2, $3, $4, $5, $6, $7)`, [
      ...values,
      RUN_SEGMENT.checksum(values),
    ]);
  }
}

/** Tables that hold something of a run, besides `runs`, by root_run_id and run_id. */
const HISTORY_TABLES = [
  "commits",
  "checkpoints",
  "keyframes",
  "projection_states",
  "series_points",
  "run_summaries",
  "decisions",
  "decision_figures",
];

/**
 * Deletes a run and everything that is kept of it. A run that others were forked from (nothing makes forks yet) shares its events with them and
 * stays until they are gone.
 * @throws BallastError RUN_NOT_FOUND, RUN_STATE with the forks' numbers.
 */
export async function deleteRunHistory(pool: Pool, run: number): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ root_run_id: number }>("select root_run_id from runs where id = $1 for update", [run]);
    const rootRun = rows[0]?.root_run_id;
    if (rootRun === undefined) throw runNotFound(run);
    await refuseIfForked(client, run);
    for (const table of HISTORY_TABLES) {
      await client.query(`delete from ${table} where root_run_id = $1 and run_id = $2`, [rootRun, run]);
    }
    await client.query("delete from runs where id = $1", [run]);
  });
}

async function refuseIfForked(client: PoolClient, run: number): Promise<void> {
  const { rows } = await client.query<{ id: number }>("select id from runs where parent_run_id = $1 order by id", [run]);
  if (rows.length === 0) return;
  throw new BallastError(
    "RUN_STATE",
    `Run ${run} cannot be deleted: ${rows.length} runs were forked from it (${rows.map((row) => row.id).join(", ")}) and share its events. Delete them first.`,
  );
}
