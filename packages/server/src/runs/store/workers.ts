import type { Pool } from "pg";
import { query } from "../../database/query.ts";

export const WORKER_KINDS = ["server", "worker", "command"] as const;
/** A server also serves the API; a command executes its own runs only. */
export type WorkerKind = (typeof WORKER_KINDS)[number];

/** A process that executes runs. */
export type Worker = {
  /** What the leases of its runs name. */
  readonly id: string;
  readonly kind: WorkerKind;
  readonly host: string;
  readonly pid: number;
  /** Of Ballast. */
  readonly version: string;
  /** Runs that it computes at the same time. */
  readonly concurrency: number;
};

/** A worker says so often that it is there. */
export const SEEN_EVERY_MS = 5_000;
/** One that did not for so long is gone, whatever became of it. */
const GONE_AFTER_MS = 30_000;

/** Says that a worker is there, and removes those that are gone: not seen for long, or as the caller knows of their processes. */
export async function showWorker(pool: Pool, worker: Worker, gone: readonly string[]): Promise<void> {
  const { id, kind, host, pid, version, concurrency } = worker;
  const text = `
    with removed as (
      delete from workers where id <> $1 and (seen_at < now() - $7 * interval '1 millisecond' or id = any($8::text[]))
    )
    insert into workers (id, kind, host, pid, version, concurrency) values ($1, $2, $3, $4, $5, $6)
    on conflict (id) do update set seen_at = now()`;
  await query(pool, text, [id, kind, host, pid, version, concurrency, GONE_AFTER_MS, gone]);
}

export async function hideWorker(pool: Pool, id: string): Promise<void> {
  await query(pool, "delete from workers where id = $1", [id]);
}

export async function listWorkerIds(pool: Pool): Promise<string[]> {
  return (await query<{ id: string }>(pool, "select id from workers", [])).map(({ id }) => id);
}

export type SeenWorker = Worker & {
  readonly since: Date;
  readonly seenAt: Date;
  /** Ids of the runs whose leases it holds. */
  readonly runs: readonly string[];
};

export async function listWorkers(pool: Pool): Promise<SeenWorker[]> {
  const text = `
    select w.id, w.kind, w.host, w.pid, w.version, w.concurrency, w.started_at as since, w.seen_at as "seenAt",
      array(select j.public_id::text from runs r join run_jobs j on j.run_id = r.id
        where r.status in ('running', 'waiting', 'paused') and r.lease_owner = w.id and r.lease_until >= now() order by r.id) as runs
    from workers w where w.seen_at >= now() - $1 * interval '1 millisecond' order by w.started_at, w.id`;
  return await query<SeenWorker>(pool, text, [GONE_AFTER_MS]);
}
