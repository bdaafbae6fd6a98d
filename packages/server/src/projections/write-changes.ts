import type { ProjectionChanges, SeriesChanges } from "@ballast/core/projections";
import type { PoolClient } from "pg";
import type { GroupDigests } from "./group-digests.ts";
import { READ_MODEL_TABLES, RUN_SUMMARY, SERIES_POINT, seriesGroup, SUMMARY_GROUP } from "./read-model-parts.ts";
import type { RunKey } from "./run-key.ts";
import { writeDecisions } from "./write-decisions.ts";

export async function deleteReadModels(client: PoolClient, { rootRun, run }: RunKey): Promise<void> {
  for (const table of READ_MODEL_TABLES) {
    await client.query(`delete from ${table} where root_run_id = $1 and run_id = $2`, [rootRun, run]);
  }
  await client.query("delete from page_filters where root_run_id = $1 and run_id = $2", [rootRun, run]);
}

/** Of a run, with its state: nothing is projected of it then. A step that is being written ends first. */
export async function dropReadModels(client: PoolClient, key: RunKey): Promise<void> {
  await client.query("select 1 from projection_states where root_run_id = $1 and run_id = $2 for update", [key.rootRun, key.run]);
  await deleteReadModels(client, key);
  await client.query("delete from projection_states where root_run_id = $1 and run_id = $2", [key.rootRun, key.run]);
}

/**
 * Writes what events change in a run's read models, and keeps the digests of their groups, in the caller's transaction.
 * @throws ReadModelDamage if rows that it has to change are not those that were written.
 */
export async function writeChanges(client: PoolClient, key: RunKey, changes: ProjectionChanges, groups: GroupDigests): Promise<void> {
  await writeSeries(client, key, changes.series, groups);
  await writeDecisions({ client, key, groups }, changes);
  await writeSummary(client, key, changes.summary, groups);
}

async function writeSummary(
  client: PoolClient,
  { rootRun, run }: RunKey,
  summary: ProjectionChanges["summary"],
  groups: GroupDigests,
): Promise<void> {
  const before = await client.query<{ checksum: Buffer | null }>(
    "delete from run_summaries where root_run_id = $1 and run_id = $2 returning checksum",
    [rootRun, run],
  );
  for (const { checksum } of before.rows) groups.remove(SUMMARY_GROUP, checksum);
  const values = [summary.position, summary.timeNs, JSON.stringify(summary)];
  const checksum = RUN_SUMMARY.checksum(values);
  groups.add(SUMMARY_GROUP, checksum);
  await client.query(`insert into run_summaries (root_run_id, run_id, ${RUN_SUMMARY.selection}) values ($1, $2, $3, $4, $5, $6)`, [
    rootRun,
    run,
    ...values,
    checksum,
  ]);
}

async function writeSeries(
  client: PoolClient,
  { rootRun, run }: RunKey,
  { removedTimesNs, added }: SeriesChanges,
  groups: GroupDigests,
): Promise<void> {
  const removed = await client.query<{ vm: number; checksum: Buffer | null }>(
    "delete from series_points where root_run_id = $1 and run_id = $2 and time_ns = any ($3::bigint[]) returning vm, checksum",
    [rootRun, run, removedTimesNs],
  );
  for (const { vm, checksum } of removed.rows) groups.remove(seriesGroup(vm), checksum);
  const rows = added.map(({ timeNs, vm, values: withSigns }) => {
    // A zero has no sign in JSON.
    const figures = withSigns.map((value) => (value === null ? null : value + 0));
    const checksum = SERIES_POINT.checksum([vm, timeNs, figures]);
    groups.add(seriesGroup(vm), checksum);
    return { vm, time_ns: timeNs, figures, checksum: checksum.toString("hex") };
  });
  await client.query(
    `insert into series_points (root_run_id, run_id, ${SERIES_POINT.selection})
     select $1, $2, vm, time_ns, figures, decode(checksum, 'hex')
     from jsonb_to_recordset($3::jsonb) as row (vm integer, time_ns bigint, figures double precision[], checksum text)`,
    [rootRun, run, JSON.stringify(rows)],
  );
}
