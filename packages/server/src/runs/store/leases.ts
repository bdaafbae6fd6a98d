import type { Pool } from "pg";
import { query } from "../../database/query.ts";
import type { RunStatus } from "../run.ts";
import { announce } from "../signals/channel.ts";
import type { Claim } from "./claim.ts";
import { BEGUN } from "./unfinished.ts";

/** Who holds leases of unfinished runs now. */
export async function leaseOwners(pool: Pool): Promise<string[]> {
  const text = `select distinct r.lease_owner as owner from runs r where ${BEGUN} and r.lease_until >= now()`;
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

/** Says how an unfinished run stands. False: the lease is lost. */
export async function setStatus(
  pool: Pool,
  { run, lease }: Pick<Claim, "run" | "lease">,
  status: RunStatus,
  accesses: number,
): Promise<boolean> {
  const text = `
    with changed as (
      update runs set status = $4 where id = $1 and lease_epoch = $2 and lease_owner = $3 returning id
    ), counted as (
      update run_jobs j set accesses = $5 from changed where j.run_id = changed.id
    )
    select ${announce("changed", "id")} from changed`;
  return (await query(pool, text, [run, lease.epoch, lease.owner, status, accesses])).length > 0;
}
