import type { Pool } from "pg";
import type { Lease } from "../../event-store/index.ts";
import type { RunStatus } from "../run.ts";
import { announce } from "../signals/channel.ts";
import { query } from "../../database/query.ts";

/** A run that this executor may work on as long as it renews the lease. */
export type Claim = {
  readonly run: number;
  readonly lease: Lease;
  /** The most that it takes; 0 if not known. */ readonly memoryBytes: number;
};

/** Which runs an executor takes up. */
export type Takeable = {
  /** Those that it works on already. */
  readonly except: readonly number[];
  /** No others, if given. */
  readonly only?: readonly number[] | undefined;
  /** Another server may have policies that this one lacks: their runs are left to it. Whatever the policy if not given. */
  readonly policies?: readonly string[] | undefined;
  /** Owners whose processes are gone: their leases count no longer. */
  readonly goneOwners?: readonly string[] | undefined;
  /** Runs that need more are left to servers that have more. Whatever they need if not given. */
  readonly memoryBytes?: number | undefined;
  /** The run that is due first is not taken up, and no other in its place, before it fits into this. */
  readonly freeBytes?: number | undefined;
};

const UNFINISHED = "r.status in ('queued', 'running', 'waiting', 'paused')";

/** What an executor may claim: runs without a valid lease, with something to do. Takes the values of `takeableValues`. */
const CLAIMABLE = `${UNFINISHED} and r.id <> all($1::bigint[]) and ($2::bigint[] is null or r.id = any($2::bigint[]))
  and ($3::text[] is null or j.policy_name = any($3::text[]))
  and (r.lease_until is null or r.lease_until < now() or r.lease_owner = any($4::text[]))
  and ($5::float8 is null or j.memory_bytes <= $5)
  and (j.retry_at is null or j.retry_at <= now())
  and (r.status in ('queued', 'running') or (r.status in ('waiting', 'paused') and ${hasOpenCommand("r.id")}))`;

function hasOpenCommand(run: string): string {
  return `exists (select from run_commands c where c.run_id = ${run} and c.finished_at is null)`;
}

const CLAIM = `
with next as (
  select r.id, j.memory_bytes from runs r join run_jobs j on j.run_id = r.id
  where ${CLAIMABLE}
  order by ${hasOpenCommand("r.id")} desc, r.id
  limit 1 for update of r skip locked
), claimed as (
  update runs r set lease_owner = $6, lease_epoch = r.lease_epoch + 1,
    lease_until = now() + $7 * interval '1 millisecond',
    status = case when r.status = 'queued' then 'running' else r.status end
  from next where r.id = next.id and ($8::float8 is null or next.memory_bytes <= $8)
  returning r.id, r.lease_epoch, next.memory_bytes
), begun as (
  update run_jobs j set started_at = coalesce(j.started_at, now()), retry_at = null
  from claimed where j.run_id = claimed.id
)
select id as run, lease_epoch as epoch, memory_bytes as "memoryBytes", ${announce("changed", "id")} from claimed`;

/** Takes up the run that is due first, commanded ones before others; undefined if there is none. */
export async function claimRun(pool: Pool, owner: string, leaseMs: number, takeable: Takeable): Promise<Claim | undefined> {
  const values = [...takeableValues(takeable), owner, leaseMs, takeable.freeBytes ?? null];
  const [row] = await query<{ run: number; epoch: number; memoryBytes: number }>(pool, CLAIM, values);
  return row === undefined ? undefined : { run: row.run, lease: { owner, epoch: row.epoch }, memoryBytes: row.memoryBytes };
}

/** Whether a claim would find something. */
export async function isRunDue(pool: Pool, takeable: Takeable): Promise<boolean> {
  const text = `select 1 from runs r join run_jobs j on j.run_id = r.id where ${CLAIMABLE} limit 1`;
  return (await query(pool, text, takeableValues(takeable))).length > 0;
}

function takeableValues({ except, only, policies, goneOwners, memoryBytes }: Takeable): unknown[] {
  return [except, only ?? null, policies ?? null, goneOwners ?? [], memoryBytes ?? null];
}

/** Runs without a lease that need more memory than this; the first few. */
export async function runsBeyond(pool: Pool, memoryBytes: number): Promise<{ run: number; memoryBytes: number }[]> {
  const text = `select r.id as run, j.memory_bytes as "memoryBytes" from runs r join run_jobs j on j.run_id = r.id
    where ${UNFINISHED} and r.lease_until is null and j.memory_bytes > $1 order by r.id limit 10`;
  return await query(pool, text, [memoryBytes]);
}

/** Who holds leases of unfinished runs now. */
export async function leaseOwners(pool: Pool): Promise<string[]> {
  const text = `select distinct r.lease_owner as owner from runs r where ${UNFINISHED} and r.lease_until >= now()`;
  return (await query<{ owner: string }>(pool, text, [])).map(({ owner }) => owner);
}

/** A run that is worked on, and how far it is. */
export type Progress = { readonly claim: Claim; readonly accesses: number };

const RENEW = `
with held as (
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as held (run, epoch, accesses)
), renewed as (
  update runs r set lease_until = now() + $5 * interval '1 millisecond' from held
  where r.id = held.run and r.lease_epoch = held.epoch and r.lease_owner = $4
  returning r.id, held.accesses
), counted as (
  update run_jobs j set accesses = renewed.accesses from renewed
  where j.run_id = renewed.id and j.accesses < renewed.accesses
)
select id from renewed`;

/** Prolongs leases; returns the runs whose lease is still held. */
export async function renewLeases(pool: Pool, owner: string, held: readonly Progress[], leaseMs: number): Promise<Set<number>> {
  const runs = held.map(({ claim }) => claim.run);
  const epochs = held.map(({ claim }) => claim.lease.epoch);
  const accesses = held.map((progress) => progress.accesses);
  const rows = await query<{ id: number }>(pool, RENEW, [runs, epochs, accesses, owner, leaseMs]);
  return new Set(rows.map((row) => row.id));
}

/** Gives a run back, to be continued by any executor, at the earliest after `delayMs`. */
export async function releaseRun(pool: Pool, { run, lease }: Claim, delayMs = 0): Promise<void> {
  const text = `
    with released as (
      update runs set lease_owner = null, lease_until = null
      where id = $1 and lease_epoch = $2 and lease_owner = $3 returning id
    ), delayed as (
      update run_jobs j set retry_at = case when $4::float8 > 0 then now() + $4 * interval '1 millisecond' end
      from released where j.run_id = released.id
    )
    select ${announce("queued", "id")} from released`;
  await query(pool, text, [run, lease.epoch, lease.owner, delayMs]);
}

/** Says how an unfinished run stands. False: the lease is lost. */
export async function setStatus(pool: Pool, { run, lease }: Claim, status: RunStatus, accesses: number): Promise<boolean> {
  const text = `
    with changed as (
      update runs set status = $4 where id = $1 and lease_epoch = $2 and lease_owner = $3 returning id
    ), counted as (
      update run_jobs j set accesses = $5 from changed where j.run_id = changed.id
    )
    select ${announce("changed", "id")} from changed`;
  return (await query(pool, text, [run, lease.epoch, lease.owner, status, accesses])).length > 0;
}
