import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const KEPT = `
alter table runs add column keeps_events boolean not null default true;
comment on column runs.keeps_events is 'False: the run has no commits. Its figures, with the number, time and digest of the events that it made, are in run_jobs.';`;

export const keptFiguresMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(KEPT).execute(database);
  },
};
