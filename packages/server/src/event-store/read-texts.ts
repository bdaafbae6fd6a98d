import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { loadSegments } from "./run-segments.ts";

/**
 * The run's texts from one id on, at most up to another, by ascending id.
 * @throws BallastError RUN_NOT_FOUND.
 */
export async function readTexts(
  pool: Pool,
  run: number,
  firstId = 1,
  lastId = Number.MAX_SAFE_INTEGER,
): Promise<string[]> {
  const texts: string[] = [];
  for (const segment of await loadSegments(pool, run)) {
    const last = Math.min(segment.lastTextId, lastId);
    for (const row of await fetchTexts(pool, segment.rootRun, segment.sourceRun, firstId, last)) {
      const skipped = Math.max(firstId - row.firstTextId, 0);
      texts.push(...row.texts.slice(skipped, Math.max(last - row.firstTextId + 1, 0)));
    }
  }
  return texts;
}

type TextRow = { firstTextId: number; texts: string[] };

async function fetchTexts(
  pool: Pool,
  rootRun: number,
  sourceRun: number,
  first: number,
  last: number,
): Promise<TextRow[]> {
  try {
    const { rows } = await pool.query<TextRow>(
      `select first_text_id as "firstTextId", texts from commits
       where root_run_id = $1 and run_id = $2 and texts <> '{}' and first_text_id <= $4::bigint
         and first_text_id + cardinality(texts) > $3::bigint
       order by first_text_id`,
      [rootRun, sourceRun, first, last],
    );
    return rows;
  } catch (error) {
    throw databaseError(error);
  }
}
