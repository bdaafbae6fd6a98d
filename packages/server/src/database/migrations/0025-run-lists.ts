import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

function resultOf(path: string): string {
  return `case when json_typeof(${path}) = 'number' then (${path})::text::float8 end`;
}

/** What lists of runs are sorted and filtered by. */
const INDEXES = `
create index run_jobs_by_policy on run_jobs (policy_name, run_id);
create index run_jobs_by_finish on run_jobs (finished_at, run_id);
create index run_jobs_by_accesses on run_jobs (accesses, run_id);
create index run_jobs_by_work_time on run_jobs ((${resultOf("figures -> 'workNs'")}), run_id);
create index run_jobs_by_faults on run_jobs
  ((coalesce(${resultOf("figures -> 'faults'")}, ${resultOf("figures -> 'faultBound' -> 'faults'")})), run_id);`;

export const runListsMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(INDEXES).execute(database);
  },
};
