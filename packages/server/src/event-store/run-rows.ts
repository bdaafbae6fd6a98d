import { CATALOGUE_VERSION } from "@ballast/core/events";
import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../database/pool.ts";
import { digestChainAt } from "./digest-chain-at.ts";
import { EMPTY_DIGEST } from "./digest-chain.ts";
import { readHead, requirePosition } from "./run-head.ts";
import { RUN_HEAD, RUN_SEGMENT } from "./commit-parts.ts";
import { cutSegments, loadSegments, OPEN_END, type RunSegment } from "./run-segments.ts";

export type NewRun = {
  /** The run's first status, such as "queued". */
  readonly status: string;
  /** False: nothing is appended to it. */
  readonly keepsEvents?: boolean;
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
  if (client !== undefined) return insertRun(client, run, origin);
  return inTransaction(pool, (own) => insertRun(own, run, origin));
}

async function findOrigin(pool: Pool, parentRun: number, position: number): Promise<Origin> {
  const head = await readHead(pool, parentRun);
  requirePosition(head, position, 0);
  const { chain, timeNs } = await digestChainAt(pool, parentRun, position);
  const segments = await loadSegments(pool, parentRun);
  return { rootRun: head.rootRun, parentRun, position, timeNs, digest: chain.digest(), textCount: chain.textCount, segments };
}

async function insertRun(client: PoolClient, { status, keepsEvents = true }: NewRun, origin: Origin | undefined): Promise<number> {
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
    `insert into runs (${RUN_HEAD.selection}, parent_run_id, fork_position, status, catalogue_version, keeps_events)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [...head, RUN_HEAD.checksum(head), origin?.parentRun ?? null, origin?.position ?? null, status, CATALOGUE_VERSION, keepsEvents],
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
