import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { runNotFound } from "./run-head.ts";

/** A stretch of a run's positions and the run whose commits hold it: itself, or an ancestor it was forked from. */
export type RunSegment = {
  readonly rootRun: number;
  readonly sourceRun: number;
  /** From 1; included. */
  readonly firstPosition: number;
  /** Included; OPEN_END for a run's own segment. */
  readonly lastPosition: number;
  /** Texts above this id are not part of the run, even if a commit at the edge brings them; OPEN_END for its own. */
  readonly lastTextId: number;
};

/** No position or text id is ever this large. */
export const OPEN_END = Number.MAX_SAFE_INTEGER;

/** Runs whose segments one pool remembers: they never change once a run exists. */
const REMEMBERED_RUNS = 1_000;

const remembered = new WeakMap<Pool, Map<number, readonly RunSegment[]>>();

/**
 * By ascending position; the last is the run's own.
 * @throws BallastError RUN_NOT_FOUND.
 */
export async function loadSegments(pool: Pool, run: number): Promise<readonly RunSegment[]> {
  const known = remembered.get(pool) ?? new Map<number, readonly RunSegment[]>();
  remembered.set(pool, known);
  const found = known.get(run) ?? (await fetchSegments(pool, run));
  if (found.length === 0) throw runNotFound(run);
  if (known.size >= REMEMBERED_RUNS) known.clear();
  known.set(run, found);
  return found;
}

async function fetchSegments(pool: Pool, run: number): Promise<RunSegment[]> {
  try {
    const { rows } = await pool.query<RunSegment>(
      `select root_run_id as "rootRun", source_run_id as "sourceRun", first_position as "firstPosition",
         last_position as "lastPosition", last_text_id as "lastTextId"
       from run_segments where run_id = $1 order by first_position`,
      [run],
    );
    return rows;
  } catch (error) {
    throw databaseError(error);
  }
}

/** The parts of [from, to] that each segment holds, by ascending position. */
export function cutSegments(segments: readonly RunSegment[], from: number, to: number): RunSegment[] {
  return segments
    .filter((segment) => segment.lastPosition >= from && segment.firstPosition <= to)
    .map(({ rootRun, sourceRun, firstPosition, lastPosition, lastTextId }) => {
      return {
        rootRun,
        sourceRun,
        firstPosition: Math.max(firstPosition, from),
        lastPosition: Math.min(lastPosition, to),
        lastTextId,
      };
    });
}
