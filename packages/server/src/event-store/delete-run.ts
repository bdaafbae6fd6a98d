import { BallastError } from "@ballast/core/errors";
import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../database/pool.ts";
import { runNotFound } from "./run-not-found.ts";

/**
 * Deletes a run: from now on there is none of this number. Its history, which may be gigabytes, is removed by `removeDeletedRuns`. A
 * run that others were forked from (nothing makes forks yet) shares its events with them and stays until they are gone.
 * @throws BallastError RUN_NOT_FOUND, RUN_STATE with the forks' numbers.
 */
export async function deleteRunHistory(pool: Pool, run: number): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ root_run_id: number }>("select root_run_id from runs where id = $1 for update", [run]);
    const rootRun = rows[0]?.root_run_id;
    if (rootRun === undefined) throw runNotFound(run);
    await refuseIfForked(client, run);
    await client.query("insert into deleted_runs (root_run_id, run_id) values ($1, $2)", [rootRun, run]);
    await client.query("delete from runs where id = $1", [run]);
  });
}

async function refuseIfForked(client: PoolClient, run: number): Promise<void> {
  const { rows } = await client.query<{ id: number }>("select id from runs where parent_run_id = $1 order by id", [run]);
  if (rows.length === 0) return;
  throw new BallastError(
    "RUN_STATE",
    `Run ${run} cannot be deleted: ${rows.length} runs were forked from it (${rows.map((row) => row.id).join(", ")}) and share its events. Delete them first.`,
  );
}
