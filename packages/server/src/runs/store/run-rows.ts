import { BallastError } from "@ballast/core/errors";
import { type InferResult, sql } from "kysely";
import type { Pool, PoolClient } from "pg";
import { queries, readRows } from "../../database/index.ts";
import { FAULT_COUNTERS, faultsFrom } from "../faults.ts";
import type { RunFigures } from "../run-figures.ts";
import { isRunId, type Run, type RunStatus } from "../run.ts";
import { completeFigures } from "../stored-figures.ts";

type FaultFigures = Readonly<Record<(typeof FAULT_COUNTERS)[keyof typeof FAULT_COUNTERS], number>>;

/** The figures that are faults; lists of runs need no others. */
function faultFigures() {
  const pairs = Object.values(FAULT_COUNTERS).map((name) => sql`${sql.lit(name)}, j.figures -> ${sql.lit(name)}`);
  return sql<FaultFigures | null>`case when j.figures is not null then jsonb_build_object(${sql.join(pairs)}) end`;
}

const RUNS = queries
  .selectFrom("runs as r")
  .innerJoin("run_jobs as j", "j.run_id", "r.id")
  .select([
    "j.public_id as id",
    "r.id as logId",
    "j.scenario_name as scenarioName",
    "j.policy_name as policyName",
    "j.policy_version as policyVersion",
    "j.parameters",
    "j.seed",
    "r.status",
    "j.error_code as errorCode",
    "j.error_message as errorMessage",
    "r.head_position as headPosition",
    "r.head_time_ns as headTimeNs",
    "r.catalogue_version as catalogueVersion",
    "r.head_digest as digest",
    "j.accesses",
    sql<number | null>`(j.figures ->> 'workNs')::bigint`.as("workNs"),
    // The first version counted faults only while it bounded them.
    sql<number | null>`coalesce(j.figures ->> 'faults', j.figures -> 'faultBound' ->> 'faults')::bigint`.as("allFaults"),
    "r.created_at as createdAt",
    "j.started_at as startedAt",
    "j.finished_at as finishedAt",
    "j.comparison_id as comparisonId",
    faultFigures().as("faultFigures"),
  ]);

type RunRow = InferResult<typeof RUNS>[number];

/** @throws BallastError RUN_NOT_FOUND, also for a text that is no id at all. */
export async function readRun(client: Pool | PoolClient, id: string): Promise<Run> {
  const rows = isRunId(id) ? await readRows(client, RUNS.where("j.public_id", "=", id)) : [];
  if (rows[0] === undefined) throw noSuchRun(id);
  return toRun(rows[0]);
}

/** null until it has completed or was stopped, and of a failed run. @throws BallastError RUN_NOT_FOUND. */
export async function readRunFigures(client: Pool | PoolClient, id: string): Promise<RunFigures | null> {
  const jobs = queries.selectFrom("run_jobs").select("figures").where("public_id", "=", id);
  const rows = isRunId(id) ? await readRows(client, jobs) : [];
  if (rows[0] === undefined) throw noSuchRun(id);
  return rows[0].figures === null ? null : completeFigures(rows[0].figures);
}

/** The runs of a comparison by their place in it. */
export async function readRunsOfComparison(client: Pool | PoolClient, comparison: string): Promise<Map<number, Run>> {
  const ofComparison = RUNS.select((row) => row.ref("j.comparison_place").$notNull().as("place"));
  const rows = await readRows(client, ofComparison.where("j.comparison_id", "=", comparison));
  return new Map(rows.map(({ place, ...row }) => [place, toRun(row)]));
}

export type RunFilter = {
  readonly status: RunStatus | null;
  readonly scenario: string | null;
  /** Only runs that began before this one. */
  readonly beforeLogId: number | null;
};

/** Newest first. */
export async function selectRuns(client: Pool | PoolClient, filter: RunFilter, limit: number): Promise<Run[]> {
  const { status, scenario, beforeLogId } = filter;
  let runs = RUNS;
  if (status !== null) runs = runs.where("r.status", "=", status);
  if (scenario !== null) runs = runs.where("j.scenario_name", "=", scenario);
  if (beforeLogId !== null) runs = runs.where("r.id", "<", beforeLogId);
  const rows = await readRows(client, runs.orderBy("r.id", "desc").limit(limit));
  return rows.map(toRun);
}

function noSuchRun(id: string): BallastError {
  return new BallastError(
    "RUN_NOT_FOUND",
    `There is no run ${JSON.stringify(id)}. It may have been deleted; the list of runs has those that exist.`,
  );
}

function toRun({ errorCode, errorMessage, faultFigures: figures, allFaults, ...row }: RunRow): Run {
  const error = errorCode === null ? null : { code: errorCode, message: errorMessage ?? "" };
  return { ...row, error, faults: figures === null ? null : faultsFrom(allFaults, (name) => figures[name]) };
}
