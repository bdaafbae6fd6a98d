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
import { type RowVersion, verifiedRunsOf, type WrittenPart } from "./verified-runs.ts";

/** For SQL, of `runs` as r and `run_jobs` as j: what changes while a run is executed, and which version of its row there is. */
export const PRESENT_COLUMNS = `j.run_id::float8 as run_id, j.public_id, j.xmin::text as xmin, j.input_checksum, j.figures_checksum,
    ${selectionOf([RUN_HEAD], "r")}, r.status, r.keeps_events, r.catalogue_version, r.created_at, j.accesses::float8 as accesses, j.started_at, j.finished_at,
    j.comparison_id, j.label`;
const FROM = "from runs r join run_jobs j on j.run_id = r.id";
const PRESENT_RUNS = `select ${PRESENT_COLUMNS} ${FROM}`;
const WHOLE_RUNS = `select ${PRESENT_COLUMNS}, ${JOB_COLUMNS} ${FROM}`;

export type PresentRow = RowVersion & {
  readonly public_id: string;
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
  readonly label: string | null;
} & Readonly<Record<string, unknown>>;

type WholeRow = PresentRow &
  CheckedJob & {
    readonly scenario: string;
    readonly scenario_name: string;
    readonly policy_name: string;
    readonly policy_version: string;
    readonly parameters: string;
    readonly seed: number;
    readonly comparison_place: number | null;
    readonly figures: string | null;
    readonly error_code: ErrorCode | null;
    readonly error_message: string | null;
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
  const rows = isRunId(id) ? await query<PresentRow>(pool, `${PRESENT_RUNS} where j.public_id = $1`, [id]) : [];
  const [found] = await withWritten(pool, rows);
  if (found === undefined) throw noSuchRun(id);
  return await runOf(pool, found);
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
  const rows = await query<PresentRow>(pool, `${PRESENT_RUNS} where j.comparison_id = $1`, [experiment]);
  const found = await withWritten(pool, rows);
  return await Promise.all(
    found.map(async (each) => {
      const { run, metrics } = await runOf(pool, each);
      return { run, metrics, place: writtenOf(each).place };
    }),
  );
}

type FoundRun = { readonly row: PresentRow; /** An error: it is damaged. */ readonly written: WrittenPart | BallastError };

/**
 * Rows with what was written of their runs: as it was compared before where the row is the same since, else read and compared. Rows of runs that
 * were deleted meanwhile are left out.
 */
async function withWritten(pool: Pool, rows: readonly PresentRow[]): Promise<FoundRun[]> {
  const verified = verifiedRunsOf(pool);
  const known = rows.map((row) => ({ row, written: verified.find(row) }));
  const unknown = known.flatMap(({ row, written }) => (written === undefined ? [row.run_id] : []));
  if (unknown.length === 0) return known as FoundRun[];
  const whole = await query<WholeRow>(pool, `${WHOLE_RUNS} where j.run_id = any($1::bigint[])`, [unknown]);
  const read = new Map(await Promise.all(whole.map(async (row) => [row.run_id, { row, written: await verify(pool, row) }] as const)));
  return known.flatMap(({ row, written }) => (written === undefined ? (read.get(row.run_id) ?? []) : { row, written }));
}

/** Of an object in memory, beside its text. */
const BYTES_OF_RUN = 1_000;
const BYTES_PER_CHARACTER = 4;

async function verify(pool: Pool, row: WholeRow): Promise<WrittenPart | BallastError> {
  try {
    await requireIntactJob(pool, row);
  } catch (error) {
    if (error instanceof BallastError && error.code === "HISTORY_DAMAGED") return error;
    throw error;
  }
  const written = writtenPart(row);
  const isChecked = row.input_checksum !== null && (row.figures_checksum !== null || (row.figures === null && row.error_code === null));
  const bytes = BYTES_OF_RUN + BYTES_PER_CHARACTER * (row.parameters.length + (row.figures?.length ?? 0));
  // Rows of earlier versions may lack a checksum for now: whether they may is asked each time.
  if (isChecked) verifiedRunsOf(pool).add(row, written, bytes);
  return written;
}

function noSuchRun(id: string): BallastError {
  return new BallastError(
    "RUN_NOT_FOUND",
    `There is no run ${JSON.stringify(id)}. It may have been deleted; the list of runs has those that exist.`,
  );
}

/** Runs of a list in its order, one that is not what was written as failed with HISTORY_DAMAGED. */
export async function toListedRuns(pool: Pool, rows: readonly PresentRow[]): Promise<Run[]> {
  return await Promise.all(
    (await withWritten(pool, rows)).map(async (found) =>
      found.written instanceof BallastError ? damagedRun(found.row, found.written) : (await runOf(pool, found)).run,
    ),
  );
}

const UNREADABLE = "(damaged)";

/** One damaged run must not hide the others. Nothing of what it was made of is shown, for any of it may be wrong. */
function damagedRun(row: PresentRow, { code, message }: RunError): Run {
  return {
    id: row.public_id,
    logId: row.run_id,
    scenarioName: UNREADABLE,
    policyName: UNREADABLE,
    policyVersion: UNREADABLE,
    parameters: {},
    seed: 0,
    status: "failed",
    error: { code, message },
    keeps: row.keeps_events ? "events" : "figures",
    label: row.label,
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

function writtenPart(row: WholeRow): WrittenPart {
  const stored = row.figures === null ? null : (JSON.parse(row.figures) as StoredMetrics);
  const metrics = stored === null ? null : completeMetrics(stored);
  return {
    id: row.public_id,
    logId: row.run_id,
    scenarioName: row.scenario_name,
    policyName: row.policy_name,
    policyVersion: row.policy_version,
    parameters: currentParameters(row.policy_name, JSON.parse(row.parameters) as ParameterValues),
    seed: row.seed,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? "" },
    workNs: metrics?.workNs ?? null,
    faults: metrics === null ? null : faultsFrom(metrics.faults, (name) => metrics[name]),
    place: row.comparison_place ?? 0,
    metrics,
    made: stored?.made,
  };
}

function writtenOf({ written }: FoundRun): WrittenPart {
  if (written instanceof BallastError) throw written;
  return written;
}

/** @throws BallastError HISTORY_DAMAGED. */
async function runOf(pool: Pool, found: FoundRun): Promise<RunWithMetrics> {
  const { place: _, metrics, made, ...written } = writtenOf(found);
  const { row } = found;
  const run: Run = {
    ...written,
    status: row.status,
    keeps: row.keeps_events ? "events" : "figures",
    label: row.label,
    ...(await headOf(pool, row)),
    ...made,
    catalogueVersion: row.catalogue_version,
    accesses: row.accesses,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    experimentId: row.comparison_id,
  };
  return { run, metrics };
}

/** By the last commit where the row is damaged. */
async function headOf(pool: Pool, row: PresentRow): Promise<Pick<Run, "headPosition" | "headTimeNs" | "digest">> {
  const comparison = RUN_HEAD.compare(
    RUN_HEAD.names.map((name) => row[name]),
    row.head_checksum,
  );
  if (comparison === "equal") return { headPosition: row.head_position, headTimeNs: row.head_time_ns, digest: row.head_digest };
  const { position: headPosition, timeNs: headTimeNs, digest } = await readHead(pool, row.run_id);
  return { headPosition, headTimeNs, digest };
}
