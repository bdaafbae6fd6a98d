import { BallastError } from "@ballast/core/errors";
import type { Pool } from "pg";
import { inTransaction } from "../../database/pool.ts";
import { query } from "../../database/query.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import type { Run } from "../run.ts";

/** A run that has begun continues from its last checkpoint: its events are kept. */
const RETRY = `
with again as (
  update runs set status = case when head_position = 0 then 'queued' else 'running' end where id = $1 returning id
)
update run_jobs j set finished_at = null, figures = null, error_code = null, error_message = null, figures_checksum = null
from again where j.run_id = again.id`;

/**
 * Queues a run again that failed by what is around it: its history does not end with the failure.
 * @throws BallastError RUN_STATE for any other.
 */
export async function retryFailedRun(pool: Pool, queue: RunQueue, { id, logId }: Pick<Run, "id" | "logId">): Promise<void> {
  await inTransaction(pool, async (client) => {
    const [run] = await query<{ status: string }>(client, "select status from runs where id = $1 for update", [logId]);
    if (run?.status !== "failed" || !(await queue.takeOutFailed(client, id))) throw notRetryable(id, run?.status);
    await query(client, RETRY, [logId]);
    await queue.add(client, { id, run: logId });
  });
}

function notRetryable(id: string, status: string | undefined): BallastError {
  const reason =
    status === "failed"
      ? "has failed, and its history says so: it would fail again in the same way. Start its scenario anew"
      : `is ${status ?? "gone"}: only a failed run can be tried again`;
  return new BallastError("RUN_STATE", `Run ${id} ${reason}.`);
}
