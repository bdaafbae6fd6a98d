import type { Pool } from "pg";
import { forgetUnchecked, HistoryDamagedError, nextUnchecked, uncheckedUntil } from "../database/checksums/index.ts";
import { databaseError } from "../database/database-error.ts";
import { RUN_HEAD, RUN_SEGMENT } from "./commit-parts.ts";
import { fillJobChecksums } from "./fill-job-checksums.ts";
import { headFromCommits } from "./head-from-commits.ts";
import { LogReader } from "./log-reader.ts";
import { readHead } from "./run-head.ts";
import { cutSegments, loadSegments, type RunSegment } from "./run-segments.ts";
import type { StoredCommit } from "./stored-commit.ts";

/** Like `fillRunChecksums` for one of the runs that still lack them; false if there is none left. */
export async function fillNextRun(pool: Pool, signal?: AbortSignal): Promise<boolean> {
  const run = await nextUnchecked(pool, "run");
  if (run !== undefined) await fillRunChecksums(pool, run, signal);
  return run !== undefined;
}

/**
 * Gives the rows of a run that a version before checksums stored theirs. Only what the digests stored with it prove, or nothing speaks
 * against, gets one: what does not match them is damaged from then on.
 * @throws BallastError of a DATABASE_ code; the signal's reason when it aborts.
 */
export async function fillRunChecksums(pool: Pool, run: number, signal?: AbortSignal): Promise<void> {
  const owner = { kind: "run", id: run } as const;
  if ((await uncheckedUntil(pool, owner)) < 0) return;
  try {
    if (await exists(pool, run)) {
      await fillJobChecksums(pool, run);
      await fillRun(pool, run, signal);
    }
  } catch (error) {
    // What is left without is what readers are told of.
    if (!(error instanceof HistoryDamagedError)) throw error;
  }
  await forgetUnchecked(pool, owner);
}

async function exists(pool: Pool, run: number): Promise<boolean> {
  const { rowCount } = await pool.query("select 1 from runs where id = $1", [run]);
  return rowCount === 1;
}

async function fillRun(pool: Pool, run: number, signal: AbortSignal | undefined): Promise<void> {
  const segments = await loadSegments(pool, run);
  const head = await readHead(pool, run);
  const [own] = cutSegments(segments.slice(-1), 1, head.position);
  const log = new LogReader(pool, run, { signal });
  if (own !== undefined) {
    for await (const { commit, damage } of log.read(own))
      if (damage === undefined && commit?.hasChecksum === false) await fillCommit(pool, own, commit);
  }
  for (const segment of segments) await fillSegment(pool, run, segment);
  await fillHead(pool, run, own !== undefined);
}

async function fillCommit(pool: Pool, { rootRun, sourceRun }: RunSegment, commit: StoredCommit): Promise<void> {
  const { planes, header } = commit.checksums();
  await change(
    pool,
    `update commits set planes_checksum = $4, checksum = $5
     where root_run_id = $1 and run_id = $2 and last_position = $3 and checksum is null`,
    [rootRun, sourceRun, commit.lastPosition, planes, header],
  );
}

async function fillSegment(
  pool: Pool,
  run: number,
  { rootRun, sourceRun, firstPosition, lastPosition, lastTextId }: RunSegment,
): Promise<void> {
  const values = [rootRun, run, sourceRun, firstPosition, lastPosition, lastTextId];
  await change(pool, "update run_segments set checksum = $3 where run_id = $1 and first_position = $2 and checksum is null", [
    run,
    firstPosition,
    RUN_SEGMENT.checksum(values),
  ]);
}

/** A row that says otherwise than the last commit keeps none: readers go by the commit. */
async function fillHead(pool: Pool, run: number, hasCommits: boolean): Promise<void> {
  const row = await readHead(pool, run);
  const { rootRun, position, timeNs, digest, textCount } = hasCommits ? await headFromCommits(pool, run) : row;
  await change(
    pool,
    `update runs set head_checksum = $7 where root_run_id = $1 and id = $2 and head_position = $3 and head_time_ns = $4
       and head_digest = $5 and text_count = $6 and head_checksum is null`,
    [rootRun, run, position, timeNs, digest, textCount, RUN_HEAD.checksum([rootRun, run, position, timeNs, digest, textCount])],
  );
}

async function change(pool: Pool, statement: string, values: unknown[]): Promise<void> {
  try {
    await pool.query(statement, values);
  } catch (error) {
    throw databaseError(error);
  }
}
