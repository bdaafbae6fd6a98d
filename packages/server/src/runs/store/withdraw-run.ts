import type { Pool } from "pg";
import { deleteRunHistory } from "../../event-store/index.ts";
import { inTransaction } from "../../database/pool.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import type { Run } from "../run.ts";
import { announce } from "../signals/channel.ts";
import { query } from "../../database/query.ts";

/** Ends a run that no executor has begun. False: one has. */
export async function stopQueuedRun(pool: Pool, queue: RunQueue, { id, logId }: Pick<Run, "id" | "logId">): Promise<boolean> {
  const text = `
    with stopped as (
      update runs set status = 'stopped' where id = $1 and status = 'queued' and lease_owner is null returning id
    ), told as (
      update run_jobs j set finished_at = now() from stopped where j.run_id = stopped.id
    ), refused as (
      update run_commands c set finished_at = now(), error_code = 'RUN_STATE',
        error_message = 'The run was stopped before it began.'
      from stopped where c.run_id = stopped.id and c.finished_at is null
    )
    select ${announce("changed", "id")} from stopped`;
  return await inTransaction(pool, async (client) => {
    const isStopped = (await query(client, text, [logId])).length > 0;
    if (isStopped) await queue.remove(client, id);
    return isStopped;
  });
}

/** Makes every further append of the lease's owner fail. */
export async function takeLeaseAway(pool: Pool, run: number): Promise<void> {
  const text = `
    update runs set lease_epoch = lease_epoch + 1, lease_owner = 'deletion', lease_until = 'infinity'
    where id = $1 and lease_owner is not null`;
  await query(pool, text, [run]);
}

/** Takes a run that no executor holds, so that none takes it up any more. False: one holds it. */
export async function seizeFreeRun(pool: Pool, run: number): Promise<boolean> {
  const text = `
    update runs set lease_epoch = lease_epoch + 1, lease_owner = 'deletion', lease_until = 'infinity'
    where id = $1 and (lease_owner is null or lease_until < now()) returning id`;
  return (await query(pool, text, [run])).length > 0;
}

/** @throws BallastError RUN_STATE for a run that others were forked from. */
export async function deleteRunWithJob(pool: Pool, queue: RunQueue, run: Pick<Run, "id" | "logId">): Promise<void> {
  await deleteRunHistory(pool, run.logId);
  await queue.remove(pool, run.id);
  await queue.takeOutFailed(pool, run.id);
  await query(pool, "delete from idempotency_keys where result_id = $1", [run.id]);
}
