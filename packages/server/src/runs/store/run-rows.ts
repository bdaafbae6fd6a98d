import { BallastError, type ErrorCode } from "@ballast/core/errors";
import type { ParameterValues } from "@ballast/core/policy";
import type { Pool, PoolClient } from "pg";
import type { Run, RunStatus } from "../run.ts";
import { query } from "./query.ts";

type RunRow = {
  id: string;
  logId: number;
  scenarioName: string;
  policyName: string;
  policyVersion: string;
  parameters: ParameterValues;
  seed: number;
  status: RunStatus;
  errorCode: ErrorCode | null;
  errorMessage: string | null;
  headPosition: number;
  headTimeNs: number;
  digest: string;
  accesses: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  comparisonId: string | null;
};

const COLUMNS = `
  j.public_id as id, r.id as "logId", j.scenario_name as "scenarioName", j.policy_name as "policyName",
  j.policy_version as "policyVersion", j.parameters, j.seed, r.status, j.error_code as "errorCode",
  j.error_message as "errorMessage", r.head_position as "headPosition", r.head_time_ns as "headTimeNs",
  r.head_digest as digest, j.accesses, r.created_at as "createdAt", j.started_at as "startedAt",
  j.finished_at as "finishedAt", j.comparison_id as "comparisonId"`;
const FROM = "from runs r join run_jobs j on j.run_id = r.id";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws BallastError RUN_NOT_FOUND, also for a text that is no id at all. */
export async function readRun(client: Pool | PoolClient, id: string): Promise<Run> {
  const rows = UUID.test(id)
    ? await query<RunRow>(client, `select ${COLUMNS} ${FROM} where j.public_id = $1`, [id])
    : [];
  if (rows[0] === undefined) throw noSuchRun(id);
  return toRun(rows[0]);
}

/** The runs of a comparison by their place in it. */
export async function readRunsOfComparison(client: Pool | PoolClient, comparison: string): Promise<Map<number, Run>> {
  const text = `select ${COLUMNS}, j.comparison_place as place ${FROM} where j.comparison_id = $1`;
  const rows = await query<RunRow & { place: number }>(client, text, [comparison]);
  return new Map(rows.map((row) => [row.place, toRun(row)]));
}

export type RunFilter = {
  readonly status: RunStatus | null;
  readonly scenario: string | null;
  /** Only runs that began before this one. */
  readonly beforeLogId: number | null;
};

/** Newest first. */
export async function selectRuns(client: Pool | PoolClient, filter: RunFilter, limit: number): Promise<Run[]> {
  const text = `select ${COLUMNS} ${FROM}
    where ($1::text is null or r.status = $1) and ($2::text is null or j.scenario_name = $2)
      and ($3::bigint is null or r.id < $3)
    order by r.id desc limit $4`;
  const rows = await query<RunRow>(client, text, [filter.status, filter.scenario, filter.beforeLogId, limit]);
  return rows.map(toRun);
}

function noSuchRun(id: string): BallastError {
  return new BallastError(
    "RUN_NOT_FOUND",
    `There is no run ${JSON.stringify(id)}. It may have been deleted; list the runs to see which exist.`,
  );
}

function toRun({ errorCode, errorMessage, ...row }: RunRow): Run {
  const error = errorCode === null ? null : { code: errorCode, message: errorMessage ?? "" };
  return { ...row, error };
}
