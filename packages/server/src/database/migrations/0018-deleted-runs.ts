import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const DELETED_RUNS = `
create table deleted_runs (
  root_run_id bigint not null,
  run_id bigint primary key,
  deleted_at timestamptz not null default now()
);
comment on table deleted_runs is 'Runs that are deleted and whose history is being removed in batches: their numbers are in no other table that is read.';`;

export const deletedRunsMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(DELETED_RUNS).execute(database);
  },
};
