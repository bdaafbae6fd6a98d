import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../database/pool.ts";
import { query } from "../database/query.ts";

/** Tables that hold something of a run by root_run_id and run_id, and how many rows of each are removed in one transaction. */
const BATCH_ROWS: Readonly<Record<string, number>> = {
  // Rows of these are megabytes.
  commits: 32,
  checkpoints: 8,
  keyframe_parts: 32,
  keyframes: 1_000,
  projection_states: 1_000,
  series_points: 5_000,
  run_summaries: 1_000,
  decisions: 5_000,
  decision_figures: 5_000,
  page_filters: 5_000,
};
/** A test holds them to the database. */
export const TABLES_OF_HISTORY = Object.keys(BATCH_ROWS);

/**
 * Removes the history of all deleted runs in short transactions, and then lets Postgres use, or give back to the file system, the
 * space that it took. What is left when the signal aborts is removed by the next call; several processes may call it simultaneously.
 * @returns how many runs were removed. @throws BallastError DATABASE_UNREACHABLE, DATABASE_FULL.
 */
export async function removeDeletedRuns(pool: Pool, signal?: AbortSignal): Promise<number> {
  let runs = 0;
  for (let step = await removeSome(pool); step !== "none"; step = await removeSome(pool)) {
    if (step === "run") runs++;
    if (signal?.aborted === true) return runs;
  }
  if (runs > 0) await query(pool, `vacuum (skip_locked) ${TABLES_OF_HISTORY.join(", ")}`, []);
  return runs;
}

/** Some rows of a run, or the run's entry when none are left; "none": no run is left that no other process is removing. */
async function removeSome(pool: Pool): Promise<"rows" | "run" | "none"> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ root_run_id: number; run_id: number }>(
      // An entry that names a run that is there was damaged: nothing of it is removed.
      `select root_run_id, run_id from deleted_runs d where not exists (select 1 from runs r where r.id = d.run_id)
       order by run_id limit 1 for update skip locked`,
    );
    const [deleted] = rows;
    if (deleted === undefined) return "none";
    for (const table of TABLES_OF_HISTORY) if (await removeBatch(client, table, [deleted.root_run_id, deleted.run_id])) return "rows";
    await client.query("delete from deleted_runs where run_id = $1", [deleted.run_id]);
    return "run";
  });
}

async function removeBatch(client: PoolClient, table: string, run: readonly number[]): Promise<boolean> {
  const batch = `select ctid from ${table} where root_run_id = $1 and run_id = $2 limit ${BATCH_ROWS[table]}`;
  const { rowCount } = await client.query(`delete from ${table} where ctid = any(array(${batch}))`, [...run]);
  return rowCount !== 0;
}
