import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../database/pool.ts";
import { query } from "../../database/query.ts";
import { QUEUE_SCHEMA, RUNS_QUEUE } from "../../database/queue-schema.ts";
import type { Lease } from "../../event-store/index.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import { announce } from "../signals/channel.ts";
import { UNFINISHED } from "./unfinished.ts";

/** A run that this executor may work on as long as it renews the lease. */
export type Claim = {
  readonly run: number;
  /** Of its job in the queue. */
  readonly job: string;
  readonly lease: Lease;
  /** The most that it takes; 0 if not known. */ readonly memoryBytes: number;
  /** How often it ended the thread of a worker since it was last given back in order. */
  readonly failures: number;
};

/** Which runs an executor takes up. */
export type Takeable = {
  /** Those that it works on already. */
  readonly except: readonly number[];
  /** No others, if given. */
  readonly only?: readonly number[] | undefined;
  /** Another server may have policies that this one lacks: their runs are left to it. Whatever the policy if not given. */
  readonly policies?: readonly string[] | undefined;
  /** Runs that need more are left to servers that have more. Whatever they need if not given. */
  readonly memoryBytes?: number | undefined;
  /** The run that is due first is not taken up, and no other in its place, before it fits into this. */
  readonly freeBytes?: number | undefined;
};

/**
 * The job that an executor is to take, which pg-boss cannot choose: it knows neither policies nor memory. Two executors choose
 * different ones, because the run is locked. Takes the values of `takeableValues`.
 */
const DUE = `
  select r.id as run, q.id as job, q.priority, j.memory_bytes as "memoryBytes"
  from ${QUEUE_SCHEMA}.job q join run_jobs j on j.public_id = q.id join runs r on r.id = j.run_id
  where q.name = '${RUNS_QUEUE}' and q.state < 'active' and not q.blocked and q.start_after <= now()
    and ${UNFINISHED} and (r.lease_until is null or r.lease_until < now())
    and r.id <> all($1::bigint[]) and ($2::bigint[] is null or r.id = any($2::bigint[]))
    and ($3::text[] is null or j.policy_name = any($3::text[])) and ($4::float8 is null or j.memory_bytes <= $4)
  order by q.priority desc, q.created_on limit 1`;

type Due = { readonly run: number; readonly job: string; readonly priority: number; readonly memoryBytes: number };

const TAKE_LEASE = `
with claimed as (
  update runs set lease_owner = $2, lease_epoch = lease_epoch + 1, lease_until = now() + $3 * interval '1 millisecond',
    status = case when status = 'queued' then 'running' else status end
  where id = $1 returning id, lease_epoch
), begun as (
  update run_jobs j set started_at = coalesce(j.started_at, now()) from claimed where j.run_id = claimed.id
)
select lease_epoch as epoch, ${announce("changed", "id")} from claimed`;

export type Claimant = { readonly owner: string; readonly leaseMs: number };

/** Takes the run that is due first, commanded ones before others, with its job and its lease; undefined if there is none. */
export async function claimRun(pool: Pool, queue: RunQueue, { owner, leaseMs }: Claimant, takeable: Takeable): Promise<Claim | undefined> {
  return await inTransaction(pool, async (client) => {
    const [due] = await query<Due>(client, `${DUE} for update of r skip locked`, takeableValues(takeable));
    if (due === undefined || due.memoryBytes > (takeable.freeBytes ?? Number.POSITIVE_INFINITY)) return undefined;
    const failures = await queue.take(client, due.priority);
    if (failures === undefined) return undefined;
    const { run, job, memoryBytes } = due;
    return { run, job, lease: { owner, epoch: await takeLease(client, run, owner, leaseMs) }, memoryBytes, failures };
  });
}

async function takeLease(client: PoolClient, run: number, owner: string, leaseMs: number): Promise<number> {
  const [row] = await query<{ epoch: number }>(client, TAKE_LEASE, [run, owner, leaseMs]);
  if (row === undefined) throw new Error(`run ${run} is locked, and gone`);
  return row.epoch;
}

/** Whether a claim would find something. */
export async function isRunDue(pool: Pool, takeable: Takeable): Promise<boolean> {
  return (await query(pool, DUE, takeableValues(takeable))).length > 0;
}

function takeableValues({ except, only, policies, memoryBytes }: Takeable): unknown[] {
  return [except, only ?? null, policies ?? null, memoryBytes ?? null];
}

/** Runs without a lease that need more memory than this; the first few. */
export async function runsBeyond(pool: Pool, memoryBytes: number): Promise<{ run: number; memoryBytes: number }[]> {
  const text = `select r.id as run, j.memory_bytes as "memoryBytes" from runs r join run_jobs j on j.run_id = r.id
    where ${UNFINISHED} and r.lease_until is null and j.memory_bytes > $1 order by r.id limit 10`;
  return await query(pool, text, [memoryBytes]);
}
