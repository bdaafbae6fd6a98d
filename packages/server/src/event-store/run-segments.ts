import type { Pool } from "pg";
import { mayLackChecksum } from "../database/checksums/index.ts";
import { databaseError } from "../database/database-error.ts";
import { RUN_SEGMENT } from "./commit-parts.ts";
import { damagedLog } from "./run-damage.ts";
import { requireEvents } from "./events-not-kept.ts";
import { FIGURES_ONLY } from "./figures-only.ts";
import { runNotFound } from "./run-not-found.ts";

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
  /** The version of the event catalogue that the source run was recorded with. */
  readonly catalogueVersion: number;
};

/** No position or text id is ever this large. */
export const OPEN_END = Number.MAX_SAFE_INTEGER;

/** Runs whose segments one pool remembers: they never change once a run exists. */
const REMEMBERED_RUNS = 1_000;

const remembered = new WeakMap<Pool, Map<number, readonly RunSegment[]>>();

/**
 * By ascending position; the last is the run's own.
 * @throws BallastError RUN_NOT_FOUND; EVENTS_NOT_KEPT; HISTORY_DAMAGED if a row is altered or missing.
 */
export async function loadSegments(pool: Pool, run: number): Promise<readonly RunSegment[]> {
  const known = remembered.get(pool) ?? new Map<number, readonly RunSegment[]>();
  remembered.set(pool, known);
  const found = known.get(run) ?? (await fetchSegments(pool, run));
  if (known.size >= REMEMBERED_RUNS) known.clear();
  known.set(run, found);
  return found;
}

type SegmentRow = RunSegment & { readonly checksum: Buffer | null };

/** As they are stored now, whatever is remembered. */
export async function fetchSegments(pool: Pool, run: number): Promise<RunSegment[]> {
  const rows = await fetchRows(pool, run);
  const head = await headOf(pool, run);
  const isIntact = cover(rows, run) && (await Promise.all(rows.map((row) => isIntactRow(pool, run, row)))).every(Boolean);
  if (!isIntact)
    throw await damagedLog(pool, {
      run,
      part: "segment",
      first: 1,
      last: Math.max(head, 1),
      what: "is missing or does not match its checksum",
    });
  return rows.map(({ checksum: _checksum, ...segment }) => segment);
}

async function fetchRows(pool: Pool, run: number): Promise<SegmentRow[]> {
  try {
    const { rows } = await pool.query<SegmentRow>(
      `select root_run_id::float8 as "rootRun", source_run_id::float8 as "sourceRun", first_position::float8 as "firstPosition",
         last_position::float8 as "lastPosition", last_text_id::float8 as "lastTextId", checksum,
         coalesce((select catalogue_version from runs where id = source_run_id), 0)::float8 as "catalogueVersion"
       from run_segments where run_id = $1 order by first_position`,
      [run],
    );
    return rows;
  } catch (error) {
    throw databaseError(error);
  }
}

/** As its row says, checked or not. @throws BallastError RUN_NOT_FOUND, EVENTS_NOT_KEPT. */
async function headOf(pool: Pool, run: number): Promise<number> {
  const { rows } = await pool.query<{ head: number; figuresOnly: string | null }>(
    `select head_position::float8 as head, ${FIGURES_ONLY} as "figuresOnly" from runs where id = $1`,
    [run],
  );
  if (rows[0] === undefined) throw runNotFound(run);
  requireEvents(rows[0]);
  return rows[0].head;
}

/** Whether the segments hold every position once, the last of them all that is to come. */
function cover(segments: readonly RunSegment[], run: number): boolean {
  const own = segments.at(-1);
  const areContiguous = segments.every(({ firstPosition }, index) => firstPosition === (segments[index - 1]?.lastPosition ?? 0) + 1);
  return areContiguous && own?.sourceRun === run && own.lastPosition === OPEN_END;
}

async function isIntactRow(pool: Pool, run: number, row: SegmentRow): Promise<boolean> {
  const { rootRun, sourceRun, firstPosition, lastPosition, lastTextId, checksum } = row;
  const comparison = RUN_SEGMENT.compare([rootRun, run, sourceRun, firstPosition, lastPosition, lastTextId], checksum);
  return comparison === "equal" || (comparison === "missing" && (await mayLackChecksum(pool, { kind: "run", id: run })));
}

/** The parts of [from, to] that each segment holds, by ascending position. */
export function cutSegments(segments: readonly RunSegment[], from: number, to: number): RunSegment[] {
  return segments
    .filter((segment) => segment.lastPosition >= from && segment.firstPosition <= to)
    .map((segment) =>
      Object.assign({}, segment, {
        firstPosition: Math.max(segment.firstPosition, from),
        lastPosition: Math.min(segment.lastPosition, to),
      }),
    );
}
