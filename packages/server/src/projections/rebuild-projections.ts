import type { Pool } from "pg";
import { databaseError } from "../database/database-error.ts";
import { inTransaction } from "../database/pool.ts";
import { fillRunChecksums, readHead, requireEvents } from "../event-store/index.ts";
import { rebuildKeyframes, RunTexts } from "../history/index.ts";
import { projectRun } from "./project-run.ts";
import { dropReadModels } from "./write-changes.ts";

/**
 * Drops everything that was computed from a run's events (all runs: "all"), keyframes included, and makes it again from
 * them; gives rows of an earlier version their checksums. Returns the runs that were rebuilt.
 * @throws BallastError RUN_NOT_FOUND, EVENTS_NOT_KEPT.
 */
export async function rebuildProjections(pool: Pool, which: number | "all"): Promise<number[]> {
  const runs = which === "all" ? await listRuns(pool) : [which];
  const texts = new RunTexts(pool);
  for (const run of runs) {
    const head = await readHead(pool, run);
    requireEvents(head);
    const { rootRun } = head;
    await fillRunChecksums(pool, run);
    await inTransaction(pool, async (client) => await dropReadModels(client, { rootRun, run }));
    await projectRun(pool, texts, run);
    await rebuildKeyframes(pool, run);
  }
  return runs;
}

async function listRuns(pool: Pool): Promise<number[]> {
  try {
    const { rows } = await pool.query<{ id: number }>("select id from runs where keeps_events order by id");
    return rows.map((row) => row.id);
  } catch (error) {
    throw databaseError(error);
  }
}
