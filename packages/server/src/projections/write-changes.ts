import type { LoggedClamp, ProjectionChanges, ProjectionState, SeriesPoint } from "@ballast/core/projections";
import type { PoolClient } from "pg";
import { PROJECTION_LAYOUT } from "../database/layouts.ts";

/** Which run's read models: its root's id and its own. */
export type RunKey = { readonly rootRun: number; readonly run: number };

const READ_MODELS = ["series_points", "run_summaries", "decisions", "decision_figures"];

export async function deleteReadModels(client: PoolClient, { rootRun, run }: RunKey): Promise<void> {
  for (const table of READ_MODELS) {
    await client.query(`delete from ${table} where root_run_id = $1 and run_id = $2`, [rootRun, run]);
  }
}

/** Brings a run's read models up to the position of a state, in the caller's transaction. */
export async function writeChanges(
  client: PoolClient,
  key: RunKey,
  changes: ProjectionChanges,
  state: ProjectionState,
): Promise<void> {
  await writeSeries(client, key, changes);
  await writeDecisions(client, key, changes);
  const { position, timeNs } = changes.summary;
  await client.query(
    `insert into run_summaries (root_run_id, run_id, position, time_ns, summary) values ($1, $2, $3, $4, $5)
     on conflict (root_run_id, run_id) do update set (position, time_ns, summary) = (excluded.position, excluded.time_ns, excluded.summary)`,
    [key.rootRun, key.run, position, timeNs, JSON.stringify(changes.summary)],
  );
  await client.query("update projection_states set position = $3, state = $4, layout = $5 where root_run_id = $1 and run_id = $2", [
    key.rootRun,
    key.run,
    position,
    JSON.stringify(state),
    PROJECTION_LAYOUT,
  ]);
}

async function writeSeries(client: PoolClient, { rootRun, run }: RunKey, { series }: ProjectionChanges): Promise<void> {
  await client.query(
    "delete from series_points where root_run_id = $1 and run_id = $2 and time_ns = any ($3::bigint[])",
    [rootRun, run, series.removedTimesNs],
  );
  const rows = series.added.map(({ timeNs, vm, figures }: SeriesPoint) => ({ time_ns: timeNs, vm, figures }));
  await client.query(
    `insert into series_points (root_run_id, run_id, time_ns, vm, figures)
     select $1, $2, time_ns, vm, figures from jsonb_to_recordset($3::jsonb) as row (time_ns bigint, vm integer, figures double precision[])`,
    [rootRun, run, JSON.stringify(rows)],
  );
}

/** The last word on each decision: one statement cannot change a row twice. */
function lastClamps(clamps: readonly LoggedClamp[]): LoggedClamp[] {
  return [...new Map(clamps.map((clamp) => [clamp.decision, clamp])).values()];
}

async function writeDecisions(client: PoolClient, { rootRun, run }: RunKey, changes: ProjectionChanges): Promise<void> {
  await client.query(
    `insert into decisions (root_run_id, run_id, decision, position, time_ns, vm, kind, reason, requested_pages)
     select $1, $2, decision, position, "timeNs", vm, kind, reason, "requestedPages" from jsonb_to_recordset($3::jsonb)
       as row (decision integer, position bigint, "timeNs" bigint, vm integer, kind smallint, reason text, "requestedPages" bigint)
     on conflict (root_run_id, run_id, decision) do update set (position, time_ns, vm, kind, reason, requested_pages) =
       (excluded.position, excluded.time_ns, excluded.vm, excluded.kind, excluded.reason, excluded.requested_pages)`,
    [rootRun, run, JSON.stringify(changes.decisions)],
  );
  await client.query(
    `insert into decisions (root_run_id, run_id, decision, clamp_cause, done_pages)
     select $1, $2, decision, cause, "donePages"
     from jsonb_to_recordset($3::jsonb) as row (decision integer, cause smallint, "donePages" bigint)
     on conflict (root_run_id, run_id, decision) do update set (clamp_cause, done_pages) = (excluded.clamp_cause, excluded.done_pages)`,
    [rootRun, run, JSON.stringify(lastClamps(changes.clamps))],
  );
  await client.query(
    `insert into decision_figures (root_run_id, run_id, decision, position, vm, figure, value_millionths)
     select $1, $2, decision, position, vm, figure, "valueMillionths" from jsonb_to_recordset($3::jsonb)
       as row (decision integer, position bigint, vm integer, figure text, "valueMillionths" bigint)`,
    [rootRun, run, JSON.stringify(changes.figures)],
  );
}
