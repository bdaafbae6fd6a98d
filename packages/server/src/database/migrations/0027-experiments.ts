import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** What a comparison of policies was is an experiment of one seed; rows that are there are read as such. See decision 0165. */
const EXPERIMENTS = `
alter table comparisons rename column policies to design;
comment on table comparisons is 'Experiments: one scenario under several variants and seeds. design holds its kind, seeds and variants; of a version before experiments the policies alone.';
comment on column run_jobs.comparison_place is 'Place of the variant in the design of the experiment comparison_id; its seed is that of the run.';`;

export const experimentsMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(EXPERIMENTS).execute(database);
  },
};
