import type { RunSummary } from "@ballast/core/projections";
import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { readHead } from "../event-store/index.ts";
import { requireLayout } from "./require-layout.ts";

/**
 * A run in a few numbers, as far as its events are projected (`position` says how far); undefined before the first.
 * @throws BallastError RUN_NOT_FOUND.
 */
export async function readSummary(pool: Pool, run: number): Promise<RunSummary | undefined> {
  const { rootRun } = await readHead(pool, run);
  try {
    await requireLayout(pool, run);
    const { rows } = await pool.query<{ summary: RunSummary }>(
      "select summary from run_summaries where root_run_id = $1 and run_id = $2",
      [rootRun, run],
    );
    return rows[0]?.summary;
  } catch (error) {
    throw databaseError(error);
  }
}
