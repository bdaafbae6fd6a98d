import type { Pool } from "pg";
import { damagedLog } from "./run-damage.ts";
import { readHead } from "./run-head.ts";
import type { RunSegment } from "./run-segments.ts";
import { type CommitHeader, type CommitQuery, type FetchedRows, fetchCommits, fetchHeaders, type StoredCommit } from "./stored-commit.ts";

/** How many rows to fetch: first few, so that a reader of one event is not kept waiting, then more. */
type Pace = { readonly first: number; readonly later: number };

const COMMITS: Pace = { first: 1, later: 8 };
const HEADERS: Pace = { first: 8, later: 256 };

type Fetch<Row> = (pool: Pool, query: CommitQuery) => Promise<FetchedRows<Row>>;

/**
 * The commits that hold the positions of a segment of a run, one after the other without a gap: up to the segment's end, or to the head
 * of a run whose segment goes beyond.
 * @throws BallastError HISTORY_DAMAGED with the positions of a gap; RUN_NOT_FOUND.
 */
export async function* commitsOf(
  pool: Pool,
  run: number,
  segment: RunSegment,
  signal?: AbortSignal,
): AsyncGenerator<StoredCommit, void, void> {
  yield* contiguous(pool, { run, segment, pace: COMMITS, fetch: fetchCommits, signal });
}

/** Like `commitsOf`, without their events. */
export async function* headersOf(
  pool: Pool,
  run: number,
  segment: RunSegment,
  signal?: AbortSignal,
): AsyncGenerator<CommitHeader, void, void> {
  yield* contiguous(pool, { run, segment, pace: HEADERS, fetch: fetchHeaders, signal });
}

type Walk<Row> = {
  readonly run: number;
  readonly segment: RunSegment;
  readonly pace: Pace;
  readonly fetch: Fetch<Row>;
  readonly signal: AbortSignal | undefined;
};

async function* contiguous<Row extends CommitHeader>(pool: Pool, walk: Walk<Row>): AsyncGenerator<Row, void, void> {
  const { run, segment, pace, fetch } = walk;
  let next = segment.firstPosition;
  let damagedRows = 0;
  let isRetry = false;
  for (let key = next, limit = pace.first; next <= segment.lastPosition; limit = pace.later) {
    walk.signal?.throwIfAborted();
    const fetched = await fetch(pool, { segment: { ...segment, firstPosition: key }, limit });
    damagedRows += fetched.count - fetched.rows.length;
    for (const row of fetched.rows) {
      if (next === segment.firstPosition ? row.firstPosition > next : row.firstPosition !== next)
        throw await gap(pool, run, { first: next, last: row.firstPosition - 1, damagedRows });
      yield row;
      next = row.lastPosition + 1;
      isRetry = false;
    }
    if (fetched.count === limit) key = fetched.lastKey + 1;
    else if (next <= segment.lastPosition) {
      const end = await endOf(pool, run, segment);
      if (end < next) return;
      // Stored since the rows were fetched, or missing.
      if (isRetry) throw await gap(pool, run, { first: next, last: end, damagedRows });
      isRetry = true;
      key = next;
      damagedRows = 0;
    }
  }
}

/** The last position of a segment that must be there: for a run's own, as far as its head is. */
async function endOf(pool: Pool, run: number, segment: RunSegment): Promise<number> {
  const head = await readHead(pool, run);
  return Math.min(head.position, segment.lastPosition);
}

type Gap = { readonly first: number; readonly last: number; readonly damagedRows: number };

async function gap(pool: Pool, run: number, { first, last, damagedRows }: Gap): Promise<Error> {
  // A run that is being deleted lacks commits, too.
  await readHead(pool, run);
  const what = damagedRows > 0 ? "does not match its checksum" : "is missing";
  return await damagedLog(pool, { run, part: "commit", first, last: Math.max(first, last), what });
}
