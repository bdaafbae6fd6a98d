import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** `id` is what the leases of its runs name as their owner. */
const WORKERS = `
create table workers (
  id text primary key,
  kind text not null check (kind in ('server', 'worker', 'command')),
  host text not null,
  pid integer not null,
  version text not null,
  concurrency smallint not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
comment on table workers is 'Processes that execute runs. Each renews seen_at every 5 s; one that was not seen for 30 s is removed.';`;

export const workersMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(WORKERS).execute(database);
  },
};
