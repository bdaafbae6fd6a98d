import { BallastError } from "@ballast/core/errors";
import type { ErrorCode } from "@ballast/core/errors";
import type { ParameterValues } from "@ballast/core/policy";
import type { Pool } from "pg";
import { RUN_HEAD } from "../../event-store/commit-parts.ts";
import { readHead } from "../../event-store/run-head.ts";
import { faultsFrom } from "../faults.ts";
import type { RunMetrics } from "../run-metrics.ts";
import { isRunId, type Run, type RunError, type RunStatus } from "../run.ts";
import { completeMetrics, type StoredMetrics } from "../stored-metrics.ts";
import { type CheckedJob, JOB_COLUMNS, requireIntactJob, selectionOf } from "./checked-job.ts";
import { currentParameters } from "./former-parameters.ts";
import { query } from "../../database/query.ts";

/** For SQL: what a run is read from, of `runs` as r and `run_jobs` as j. */
export const RUN_COLUMNS = `${JOB_COLUMNS}, ${selectionOf([RUN_HEAD], "r")}, r.status, r.keeps_events, r.catalogue_version, r.created_at,
    j.accesses::float8 as accesses, j.started_at, j.finished_at, j.comparison_id`;
const RUNS = `select ${RUN_COLUMNS} from runs r join run_jobs j on j.run_id = r.id`;

export type RunRow = CheckedJob & {
  readonly scenario_name: string;
  readonly policy_name: string;
  readonly policy_version: string;
  readonly parameters: string;
  readonly seed: number;
  readonly comparison_place: number | null;
  readonly figures: string | null;
  readonly error_code: ErrorCode | null;
  readonly error_message: string | null;
  readonly head_position: number;
  readonly head_time_ns: number;
  readonly head_digest: string;
  readonly head_checksum: Buffer | null;
  readonly status: RunStatus;
  readonly keeps_events: boolean;
  readonly catalogue_version: number;
  readonly created_at: Date;
  readonly accesses: number;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly comparison_id: string | null;
};

/** @throws BallastError RUN_NOT_FOUND, also for a text that is no id at all; HISTORY_DAMAGED if it is not what was written. */
export async function readRun(pool: Pool, id: string): Promise<Run> {
  return (await readRunWithMetrics(pool, id)).run;
}

/** null until it has completed or was stopped, and of a failed run. @throws BallastError like `readRun`. */
export async function readRunMetrics(pool: Pool, id: string): Promise<RunMetrics | null> {
  return (await readRunWithMetrics(pool, id)).metrics;
}

export type RunWithMetrics = { readonly run: Run; readonly metrics: RunMetrics | null };

async function readRunWithMetrics(pool: Pool, id: string): Promise<RunWithMetrics> {
  const [row] = isRunId(id) ? await query<RunRow>(pool, `${RUNS} where j.public_id = $1`, [id]) : [];
  if (row === undefined) throw noSuchRun(id);
  return await toRun(pool, row);
}

/** As much of a run as it takes to delete it, which works also if it is damaged. @throws BallastError RUN_NOT_FOUND. */
export async function readRunToDelete(pool: Pool, id: string): Promise<Pick<Run, "id" | "logId" | "status">> {
  const text = `select j.public_id as id, r.id as "logId", r.status from runs r join run_jobs j on j.run_id = r.id where j.public_id = $1`;
  const [run] = isRunId(id) ? await query<Pick<Run, "id" | "logId" | "status">>(pool, text, [id]) : [];
  if (run === undefined) throw noSuchRun(id);
  return run;
}

/** The runs of an experiment, each with the place of its variant. @throws BallastError HISTORY_DAMAGED. */
export async function readRunsOfExperiment(pool: Pool, experiment: string): Promise<(RunWithMetrics & { readonly place: number })[]> {
  const rows = await query<RunRow>(pool, `${RUNS} where j.comparison_id = $1`, [experiment]);
  return await Promise.all(
    rows.map(async (row) => {
      const { run, metrics } = await toRun(pool, row);
      return { place: row.comparison_place ?? 0, run, metrics };
    }),
  );
}

function noSuchRun(id: string): BallastError {
  return new BallastError(
    "RUN_NOT_FOUND",
    `There is no run ${JSON.stringify(id)}. It may have been deleted; the list of runs has those that exist.`,
  );
}

/** One that is not what was written as failed with HISTORY_DAMAGED. */
export async function toListedRun(pool: Pool, row: RunRow): Promise<Run> {
  try {
    return (await toRun(pool, row)).run;
  } catch (error) {
    if (!(error instanceof BallastError) || error.code !== "HISTORY_DAMAGED") throw error;
    return damagedRun(row, { code: error.code, message: error.message });
  }
}

const UNREADABLE = "(damaged)";

/** One damaged run must not hide the others. Nothing of what it was made of is shown, for any of it may be wrong. */
function damagedRun(row: RunRow, error: RunError): Run {
  return {
    id: row.public_id,
    logId: row.run_id,
    scenarioName: UNREADABLE,
    policyName: UNREADABLE,
    policyVersion: UNREADABLE,
    parameters: {},
    seed: 0,
    status: "failed",
    error,
    keeps: row.keeps_events ? "events" : "figures",
    headPosition: 0,
    headTimeNs: 0,
    digest: "",
    catalogueVersion: row.catalogue_version,
    accesses: 0,
    workNs: null,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    experimentId: row.comparison_id,
    faults: null,
  };
}

async function toRun(pool: Pool, row: RunRow): Promise<RunWithMetrics> {
  await requireIntactJob(pool, row);
  const stored = row.figures === null ? null : (JSON.parse(row.figures) as StoredMetrics);
  const metrics = stored === null ? null : completeMetrics(stored);
  const run: Run = {
    id: row.public_id,
    logId: row.run_id,
    scenarioName: row.scenario_name,
    policyName: row.policy_name,
    policyVersion: row.policy_version,
    parameters: currentParameters(row.policy_name, JSON.parse(row.parameters) as ParameterValues),
    seed: row.seed,
    status: row.status,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? "" },
    keeps: row.keeps_events ? "events" : "figures",
    ...(await headOf(pool, row)),
    ...stored?.made,
    catalogueVersion: row.catalogue_version,
    accesses: row.accesses,
    workNs: metrics?.workNs ?? null,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    experimentId: row.comparison_id,
    faults: metrics === null ? null : faultsFrom(metrics.faults, (name) => metrics[name]),
  };
  return { run, metrics };
}

/** By the last commit where the row is damaged. */
async function headOf(pool: Pool, row: RunRow): Promise<Pick<Run, "headPosition" | "headTimeNs" | "digest">> {
  const comparison = RUN_HEAD.compare(
    RUN_HEAD.names.map((name) => row[name]),
    row.head_checksum,
  );
  if (comparison === "equal") return { headPosition: row.head_position, headTimeNs: row.head_time_ns, digest: row.head_digest };
  const { position: headPosition, timeNs: headTimeNs, digest } = await readHead(pool, row.run_id);
  return { headPosition, headTimeNs, digest };
}
