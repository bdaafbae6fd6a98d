import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { damagedLog } from "./run-damage.ts";
import { loadSegments } from "./run-segments.ts";
import { fetchHeaders } from "./stored-commit.ts";

type Head = {
  readonly rootRun: number;
  readonly position: number;
  readonly timeNs: number;
  readonly digest: string;
  readonly textCount: number;
};

/**
 * Where a run ends by its own last commit, for a run whose row is damaged.
 * @throws BallastError HISTORY_DAMAGED if it has none, or that one is damaged as well.
 */
export async function headFromCommits(pool: Pool, run: number): Promise<Head> {
  const own = (await loadSegments(pool, run)).at(-1)!;
  const last = await lastKey(pool, own.rootRun, run);
  const { rows } = last === undefined ? { rows: [] } : await fetchHeaders(pool, { segment: { ...own, firstPosition: last }, limit: 1 });
  const [commit] = rows;
  if (commit === undefined)
    throw await damagedLog(pool, {
      run,
      part: "head",
      first: own.firstPosition,
      last: last ?? own.firstPosition,
      what: "does not match its checksum",
    });
  const { lastPosition: position, lastTimeNs: timeNs, digest, firstTextId, texts } = commit;
  return { rootRun: own.rootRun, position, timeNs, digest, textCount: firstTextId - 1 + texts.length };
}

async function lastKey(pool: Pool, rootRun: number, run: number): Promise<number | undefined> {
  try {
    const { rows } = await pool.query<{ last: number | null }>(
      "select max(last_position) as last from commits where root_run_id = $1 and run_id = $2",
      [rootRun, run],
    );
    return rows[0]?.last ?? undefined;
  } catch (error) {
    throw databaseError(error);
  }
}
