import type { ParameterValues } from "@ballast/core/policy";
import type { Scenario } from "@ballast/core/scenario";
import type { Pool } from "pg";
import { BallastError } from "@ballast/core/errors";
import { query } from "./query.ts";

/** What a run is made of, as it was parsed when the run was started. */
export type Job = {
  readonly run: number;
  readonly scenario: Scenario;
  readonly policyName: string;
  readonly policyVersion: string;
  readonly parameters: ParameterValues;
  /** Whether it is one of a comparison. */
  readonly isCompared: boolean;
};

/** @throws BallastError RUN_NOT_FOUND. */
export async function readJob(pool: Pool, run: number): Promise<Job> {
  const text = `select run_id as run, scenario, policy_name as "policyName", policy_version as "policyVersion",
      parameters, comparison_id is not null as "isCompared"
    from run_jobs where run_id = $1`;
  const [job] = await query<Job>(pool, text, [run]);
  if (job === undefined) throw new BallastError("RUN_NOT_FOUND", `There is no run ${run} any more.`);
  return job;
}
