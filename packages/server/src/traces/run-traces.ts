import type { Pool, PoolClient } from "../database/index.ts";
import { requireRunTrace, RUN_TRACE, type RunTraceRow } from "./run-trace-check.ts";
import { refuseUnknownTrace } from "./stored-trace.ts";

/** A trace that a run replays: by the name that its scenario uses, and by content. */
export type RunTrace = { readonly name: string; readonly digest: string };

/**
 * Writes down which traces a run replays, in the transaction that makes the run or takes a command to it. From then on
 * they are not deleted unless forced. A name that the run already uses keeps its meaning.
 * @returns those that are new to the run.
 * @throws BallastError TRACE_NOT_FOUND.
 */
export async function keepTracesForRun(client: PoolClient, runId: number, names: Iterable<string>): Promise<RunTrace[]> {
  const known = new Set((await tracesOfRun(client, runId)).map(({ name }) => name));
  const kept: RunTrace[] = [];
  for (const name of [...new Set(names)].filter((candidate) => !known.has(candidate)).sort()) {
    // A deletion at the same time waits for this run, or this run sees that the trace is gone.
    const { rows } = await client.query<RunTrace>("select name, digest from traces where name = $1 for share", [name]);
    const trace = rows[0] ?? (await refuseUnknownTrace(client, name));
    await insertRunTrace(client, [runId, name, trace.digest]);
    kept.push(trace);
  }
  return kept;
}

/** Nothing makes forks yet. A fork replays what the run it comes from replays, even if a name means another trace by now. */
export async function keepTracesForFork(client: PoolClient, runId: number, parentRunId: number): Promise<void> {
  for (const { name, digest } of await tracesOfRun(client, parentRunId)) await insertRunTrace(client, [runId, name, digest]);
}

async function insertRunTrace(client: PoolClient, values: readonly [number, string, string]): Promise<void> {
  const text = "insert into run_traces (run_id, trace_name, digest, checksum) values ($1, $2, $3, $4)";
  await client.query(text, [...values, RUN_TRACE.checksum(values)]);
}

/** By name. @throws BallastError HISTORY_DAMAGED. */
export async function tracesOfRun(pool: Pool | PoolClient, runId: number): Promise<RunTrace[]> {
  const { rows } = await pool.query<RunTraceRow>(
    "select trace_name as name, digest, checksum from run_traces where run_id = $1 order by trace_name",
    [runId],
  );
  for (const row of rows) await requireRunTrace(pool, runId, row);
  return rows.map(({ name, digest }) => ({ name, digest }));
}

/** The ids of the runs that cannot be executed again without the content of this trace, oldest first. */
export async function runsNeedingTrace(pool: Pool | PoolClient, name: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select distinct run_id, coalesce(public_id::text, run_id::text) as id
     from run_traces join traces using (digest) left join run_jobs using (run_id)
     where traces.name = $1
       and not exists (select from traces other where other.digest = traces.digest and other.id <> traces.id)
     order by run_id`,
    [name],
  );
  return rows.map((row) => row.id);
}
