import { applyBatch, MachineTables, noEntries } from "@ballast/core/memory";
import { RunObserver } from "@ballast/core/projections";
import type { Pool } from "pg";
import { query } from "../../database/query.ts";
import { readEvents, RUN_RESULT } from "../../event-store/index.ts";
import { rebuildProjections } from "../../projections/index.ts";
import { type RunMetrics, summariseRun } from "../run-metrics.ts";
import { completeMetrics, type StoredMetrics } from "../stored-metrics.ts";
import { type CheckedJob, damageOfJob, JOB_COLUMNS } from "./checked-job.ts";

/**
 * Drops everything that was computed from the events of a run (all runs: "all"), and makes it again from them: its read models, its
 * keyframes and its results. Returns the runs that were rebuilt.
 * @throws BallastError RUN_NOT_FOUND.
 */
export async function rebuildRuns(pool: Pool, which: number | "all"): Promise<number[]> {
  const runs = await rebuildProjections(pool, which);
  for (const run of runs) await rebuildResults(pool, run);
  return runs;
}

/**
 * Results that an earlier version stored get what this one knows besides. The bound on faults is kept, for it takes a re-execution.
 * A damaged result is left as it is: what it should have been cannot be told in full.
 */
async function rebuildResults(pool: Pool, run: number): Promise<void> {
  const [job] = await query<CheckedJob & { readonly figures: string | null; readonly error_code: string | null }>(
    pool,
    `select ${JOB_COLUMNS} from run_jobs j where j.run_id = $1`,
    [run],
  );
  if (job === undefined || job.figures === null || (await damageOfJob(pool, job)) !== undefined) return;
  const { faultBound } = completeMetrics(JSON.parse(job.figures) as StoredMetrics);
  const figures = JSON.stringify(await foldResults(pool, run, faultBound));
  const checksum = RUN_RESULT.checksum(RUN_RESULT.names.map((name) => (name === "figures" ? figures : job[name])));
  await query(pool, "update run_jobs set figures = $2, figures_checksum = $3 where run_id = $1", [run, figures, checksum]);
}

/** Without the entries of the tables, so that it costs the same for a host of any size. */
async function foldResults(pool: Pool, run: number, faultBound: RunMetrics["faultBound"]): Promise<RunMetrics> {
  const [machine, observer] = [new MachineTables(noEntries), new RunObserver()];
  for await (const batch of readEvents(pool, run)) {
    applyBatch(machine, batch);
    observer.update(batch);
  }
  return summariseRun(machine, observer, faultBound);
}
