import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { headersOf } from "./contiguous-commits.ts";
import { readRecordedEvents } from "./read-events.ts";
import { readHead } from "./run-head.ts";
import { cutSegments, loadSegments, type RunSegment } from "./run-segments.ts";
import { requireEvents } from "./events-not-kept.ts";
import type { CommitHeader } from "./stored-commit.ts";

/**
 * The last position whose event's simulated time is not after `timeNs`; 0 if the first event is later.
 * @throws BallastError POSITION_OUT_OF_RANGE for a time before the start or after the last event; HISTORY_DAMAGED if a commit there is.
 */
export async function positionAtTime(pool: Pool, run: number, timeNs: number): Promise<number> {
  const head = await readHead(pool, run);
  requireEvents(head);
  if (!Number.isSafeInteger(timeNs) || timeNs < 0 || timeNs > head.timeNs) {
    throw new BallastError("POSITION_OUT_OF_RANGE", `Run ${run} has no time ${timeNs} ns: its history goes from 0 to ${head.timeNs} ns.`);
  }
  const segments = cutSegments(await loadSegments(pool, run), 1, head.position);
  for (const segment of segments.toReversed()) {
    const position = await lastPositionIn(pool, run, segment, timeNs);
    if (position !== undefined) return position;
  }
  return 0;
}

async function lastPositionIn(pool: Pool, run: number, segment: RunSegment, timeNs: number): Promise<number | undefined> {
  const commit = await commitAtTime(pool, run, segment, timeNs);
  if (commit === undefined) return undefined;
  const to = Math.min(commit.lastPosition, segment.lastPosition);
  if (commit.lastTimeNs <= timeNs) return to;
  for await (const batch of readRecordedEvents(pool, run, { from: Math.max(commit.firstPosition, segment.firstPosition), to })) {
    const count = countUpTo(batch.timesNs, batch.length, timeNs);
    return count === 0 ? undefined : batch.firstPosition + count - 1;
  }
  return undefined;
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

/**
 * The last commit of a segment that begins by a time; undefined if there is none. The index only proposes one, because a damaged
 * row may stand anywhere in it: the commit that follows must begin later. If it does not, all are looked at.
 */
async function commitAtTime(pool: Pool, run: number, segment: RunSegment, timeNs: number): Promise<CommitHeader | undefined> {
  const proposed = (await proposedPosition(pool, segment, timeNs)) ?? segment.firstPosition;
  const from = Math.min(Math.max(proposed, segment.firstPosition), segment.lastPosition);
  const near = await lastBy(headersOf(pool, run, { ...segment, firstPosition: from }), timeNs);
  if (near !== undefined || from === segment.firstPosition) return near;
  return await lastBy(headersOf(pool, run, segment), timeNs);
}

/** Of ascending commits the last that begins by a time. Reads one beyond it. */
async function lastBy(commits: AsyncIterable<CommitHeader>, timeNs: number): Promise<CommitHeader | undefined> {
  let commit: CommitHeader | undefined;
  for await (const next of commits) {
    if (next.firstTimeNs > timeNs) break;
    commit = next;
  }
  return commit;
}

async function proposedPosition(pool: Pool, segment: RunSegment, timeNs: number): Promise<number | undefined> {
  try {
    const { rows } = await pool.query<{ position: number }>(
      `select first_position as position from commits
       where root_run_id = $1 and run_id = $2 and first_time_ns <= $3 and first_position <= $4
       order by first_time_ns desc, last_position desc limit 1`,
      [segment.rootRun, segment.sourceRun, timeNs, segment.lastPosition],
    );
    return rows[0]?.position;
  } catch (error) {
    throw databaseError(error);
  }
}
