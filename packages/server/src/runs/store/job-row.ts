import { BallastError } from "@ballast/core/errors";
import type { ParameterValues } from "@ballast/core/policy";
import { renameKeys, type Scenario } from "@ballast/core/scenario";
import type { Pool } from "pg";
import { type CheckedJob, JOB_COLUMNS, requireIntactJob } from "./checked-job.ts";
import { currentParameters } from "./former-parameters.ts";
import { query } from "../../database/query.ts";

/** What a run is made of, as it was parsed when the run was started. */
export type Job = {
  readonly run: number;
  readonly scenario: Scenario;
  readonly policyName: string;
  readonly policyVersion: string;
  readonly parameters: ParameterValues;
  /** Scenario and parameters as they are stored and as the run's first event has them: under the names of the version that began the run. */
  readonly recorded: { readonly scenario: Scenario; readonly parameters: ParameterValues };
  /** Whether its events are stored. */
  readonly keepsEvents: boolean;
  /** Whether it is one of an experiment. */
  readonly isCompared: boolean;
};

type JobRow = CheckedJob & {
  readonly scenario: string;
  readonly policy_name: string;
  readonly policy_version: string;
  readonly parameters: string;
  readonly keeps_events: boolean;
  readonly is_compared: boolean;
};

/** @throws BallastError RUN_NOT_FOUND; HISTORY_DAMAGED if it is not what was written. */
export async function readJob(pool: Pool, run: number): Promise<Job> {
  const text = `select ${JOB_COLUMNS}, j.comparison_id is not null as is_compared, r.keeps_events
    from run_jobs j join runs r on r.id = j.run_id where j.run_id = $1`;
  const [row] = await query<JobRow>(pool, text, [run]);
  if (row === undefined) throw new BallastError("RUN_NOT_FOUND", `There is no run ${run} any more.`);
  await requireIntactJob(pool, row);
  const { policy_name: policyName, policy_version: policyVersion, is_compared: isCompared, keeps_events: keepsEvents } = row;
  const recorded = { scenario: JSON.parse(row.scenario) as Scenario, parameters: JSON.parse(row.parameters) as ParameterValues };
  const scenario = renameKeys(recorded.scenario) as Scenario;
  const parameters = currentParameters(policyName, recorded.parameters);
  return { run, scenario, policyName, policyVersion, parameters, recorded, keepsEvents, isCompared };
}
