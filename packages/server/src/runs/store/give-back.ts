import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../database/pool.ts";
import { query } from "../../database/query.ts";
import { MAX_RETRIES } from "../../database/queue-schema.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import type { RunError } from "../run.ts";
import type { Claim } from "./claim.ts";
import { finishRun } from "./ending.ts";
import { hasOpenCommand, NEEDS_EXECUTOR } from "./unfinished.ts";

/** Gives a run back, to be continued by any executor, at the earliest after `delayMs`; a paused or waiting one when it is commanded. */
export async function releaseRun(pool: Pool, queue: RunQueue, claim: Claim, delayMs = 0): Promise<void> {
  await inTransaction(pool, async (client) => {
    if (await dropLease(client, claim)) await queueAnew(client, queue, { id: claim.job, run: claim.run }, delayMs);
  });
}

/** Gives a run back that has ended the thread of its worker: pg-boss has it taken again after a while, unless that was often enough. */
export async function retryRunLater(pool: Pool, queue: RunQueue, claim: Claim, error: RunError): Promise<void> {
  if (claim.failures >= MAX_RETRIES) return await failForNow(pool, queue, claim, error);
  await inTransaction(pool, async (client) => {
    if (await dropLease(client, claim)) await queue.retryLater(client, claim.job, error);
  });
}

/** Marks a run as failed by what is around it. Its history does not say so, so that it can be continued. */
export async function failForNow(pool: Pool, queue: RunQueue, claim: Claim, error: RunError): Promise<void> {
  await inTransaction(pool, async (client) => {
    if (await finishRun(client, claim, { status: "failed", error, accesses: null, metrics: null })) {
      await queue.putToFailed(client, { id: claim.job, run: claim.run }, error);
    }
  });
}

/** False: it is lost. */
async function dropLease(client: PoolClient, { run, lease }: Claim): Promise<boolean> {
  const text = `update runs set lease_owner = null, lease_until = null where id = $1 and lease_epoch = $2 and lease_owner = $3 returning id`;
  return (await query(client, text, [run, lease.epoch, lease.owner])).length > 0;
}

type Abandoned = { readonly run: number; readonly id: string };

const ABANDONED = `r.status in ('running', 'waiting', 'paused') and (r.lease_until < now() or r.lease_owner = any($1::text[]))`;

/** The runs whose executors do not renew their leases any more, or are gone. */
export async function abandonedRuns(pool: Pool, goneOwners: readonly string[]): Promise<Abandoned[]> {
  const text = `select r.id as run, j.public_id as id from runs r join run_jobs j on j.run_id = r.id where ${ABANDONED} order by r.id`;
  return await query<Abandoned>(pool, text, [goneOwners]);
}

/** Queues a run again that was abandoned, unless another executor has done that. */
export async function takeBack(pool: Pool, queue: RunQueue, { run, id }: Abandoned, goneOwners: readonly string[]): Promise<void> {
  await inTransaction(pool, async (client) => {
    const text = `update runs r set lease_owner = null, lease_until = null where r.id = $2 and ${ABANDONED} returning id`;
    if ((await query(client, text, [goneOwners, run])).length > 0) await queueAnew(client, queue, { id, run });
  });
}

/** In the place of the job that was taken. The run's row is locked: no command arrives between the look and the commit. */
async function queueAnew(client: PoolClient, queue: RunQueue, job: { id: string; run: number }, delayMs = 0): Promise<void> {
  await queue.remove(client, job.id);
  const text = `select ${NEEDS_EXECUTOR} as "isDue", ${hasOpenCommand("r.id")} as "isUrgent" from runs r where r.id = $1`;
  const [state] = await query<{ isDue: boolean; isUrgent: boolean }>(client, text, [job.run]);
  if (state?.isDue !== true) return;
  await queue.add(client, job, { isUrgent: state.isUrgent, delayMs });
}
