import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { readHead } from "./run-head.ts";
import { loadSegments, type RunSegment } from "./run-segments.ts";
import { fetchCommits } from "./stored-commit.ts";

/**
 * The last position whose event's simulated time is not after `timeNs`; 0 if the first event is later.
 * @throws BallastError POSITION_OUT_OF_RANGE for a time before the start or after the last event.
 */
export async function positionAtTime(pool: Pool, run: number, timeNs: number): Promise<number> {
  const head = await readHead(pool, run);
  if (!Number.isSafeInteger(timeNs) || timeNs < 0 || timeNs > head.timeNs) {
    throw new BallastError(
      "POSITION_OUT_OF_RANGE",
      `Run ${run} has no time ${timeNs} ns: its history goes from 0 to ${head.timeNs} ns.`,
    );
  }
  const segments = await loadSegments(pool, run);
  for (const segment of segments.toReversed()) {
    const position = await lastPositionIn(pool, segment, timeNs);
    if (position !== undefined) return position;
  }
  return 0;
}

async function lastPositionIn(pool: Pool, segment: RunSegment, timeNs: number): Promise<number | undefined> {
  const commit = await findCommitAtTime(pool, segment, timeNs);
  if (commit === undefined) return undefined;
  if (commit.lastTimeNs <= timeNs) return Math.min(commit.lastPosition, segment.lastPosition);
  const within = {
    ...segment,
    firstPosition: commit.firstPosition,
    lastPosition: Math.min(commit.lastPosition, segment.lastPosition),
  };
  const [batch] = await fetchCommits(pool, { segment: within, limit: 1 });
  return batch === undefined ? undefined : batch.firstPosition + countUpTo(batch.timesNs, batch.length, timeNs) - 1;
}

/** How many of the first `length` ascending times are not after a time. */
function countUpTo(times: Float64Array, length: number, timeNs: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= timeNs) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function findCommitAtTime(
  pool: Pool,
  segment: RunSegment,
  timeNs: number,
): Promise<{ firstPosition: number; lastPosition: number; lastTimeNs: number } | undefined> {
  try {
    const { rows } = await pool.query<{ firstPosition: number; lastPosition: number; lastTimeNs: number }>(
      `select first_position as "firstPosition", last_position as "lastPosition", last_time_ns as "lastTimeNs"
       from commits
       where root_run_id = $1 and run_id = $2 and first_time_ns <= $3 and first_position <= $4
       order by first_time_ns desc, last_position desc limit 1`,
      [segment.rootRun, segment.sourceRun, timeNs, segment.lastPosition],
    );
    return rows[0];
  } catch (error) {
    throw databaseError(error);
  }
}
