import type { Pool } from "pg";
import { query } from "../../database/query.ts";
import { EXPERIMENT } from "../../event-store/run-job-parts.ts";
import { selectionOf } from "./checked-job.ts";

/** What an experiment's checksum covers, and the checksum. */
export type StoredExperiment = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly scenario_name: string;
  readonly seed: number;
  readonly design: string;
  readonly checksum: Buffer | null;
};

/** Whether the experiment that a run belongs to, if it does, is what was written. */
export async function isExperimentOfRunIntact(pool: Pool, run: number): Promise<boolean> {
  const text = `select ${selectionOf([EXPERIMENT], "c")} from comparisons c
    where c.id = (select comparison_id from run_jobs where run_id = $1)`;
  const [row] = await query<StoredExperiment>(pool, text, [run]);
  return row === undefined || (await isExperimentIntact(pool, row));
}

export async function isExperimentIntact(pool: Pool, row: StoredExperiment): Promise<boolean> {
  const values = EXPERIMENT.names.map((name) => row[name]);
  const comparison = EXPERIMENT.compare(values, row.checksum);
  return comparison === "equal" || (comparison === "missing" && (await isOfEarlierVersion(pool, row.id)));
}

/** It is given its checksum with the first of its runs that is. */
async function isOfEarlierVersion(pool: Pool, id: string): Promise<boolean> {
  const text = `select 1 from run_jobs where comparison_id = $1 and run_id not in (select u.id from unchecked_owners u where u.kind = 'run') limit 1`;
  return (await query(pool, text, [id])).length === 0;
}
