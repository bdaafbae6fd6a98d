import type { Pool } from "pg";
import { inTransaction } from "../../database/pool.ts";
import { query } from "../../database/query.ts";
import { QUEUE_SCHEMA, RUNS_QUEUE } from "../../database/queue-schema.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import { hasOpenCommand, NEEDS_EXECUTOR, UNFINISHED } from "./unfinished.ts";

const HAS_JOB = `exists (select from ${QUEUE_SCHEMA}.job q where q.name = '${RUNS_QUEUE}' and q.id = j.public_id)`;

/** Runs that need an executor and have no job. */
const WITHOUT_JOB = `
  select r.id as run, j.public_id as id, ${hasOpenCommand("r.id")} as "isUrgent"
  from runs r join run_jobs j on j.run_id = r.id
  where ${UNFINISHED} and r.lease_owner is null and ${NEEDS_EXECUTOR} and not ${HAS_JOB}`;

/** Jobs of runs that are over. A failed one stays: the run can be tried again. */
const LEFT_OVER = `
  select q.id from ${QUEUE_SCHEMA}.job q join run_jobs j on j.public_id = q.id join runs r on r.id = j.run_id
  where q.name = '${RUNS_QUEUE}' and q.state < 'completed' and not (${UNFINISHED})`;

/**
 * Makes the queue what the runs say: for runs that an earlier version queued or that were restored from a backup, and after a
 * kill between the end of a run and that of its job.
 */
export async function mendQueue(pool: Pool, queue: RunQueue): Promise<void> {
  for (const { run } of await query<{ run: number }>(pool, `${WITHOUT_JOB} order by r.id`)) await addJob(pool, queue, run);
  for (const { id } of await query<{ id: string }>(pool, LEFT_OVER)) await queue.remove(pool, id);
}

/** Another executor may have been faster. */
async function addJob(pool: Pool, queue: RunQueue, run: number): Promise<void> {
  await inTransaction(pool, async (client) => {
    type Job = { run: number; id: string; isUrgent: boolean };
    const [job] = await query<Job>(client, `${WITHOUT_JOB} and r.id = $1 for update of r`, [run]);
    if (job !== undefined) await queue.add(client, job, job);
  });
}
