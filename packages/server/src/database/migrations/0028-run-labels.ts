import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const LABEL = `
alter table run_jobs add column label text;
comment on column run_jobs.label is 'What the run was started for, in a word of its client; null: none was given.';`;

export const runLabelsMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(LABEL).execute(database);
  },
};
