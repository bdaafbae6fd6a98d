import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Runs that an earlier version queued are taken up whatever they need. */
const MEMORY = `
alter table run_jobs add column memory_bytes bigint not null default 0;
comment on column run_jobs.memory_bytes is 'The most memory that the run takes, as estimated when it was started; 0: not known.';`;

export const runMemoryMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(MEMORY).execute(database);
  },
};
