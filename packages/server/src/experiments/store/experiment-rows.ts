import { BallastError } from "@ballast/core/errors";
import { relativeResults } from "@ballast/core/metrics";
import type { Pool, PoolClient } from "pg";
import { query } from "../../database/query.ts";
import { EXPERIMENT } from "../../event-store/run-job-parts.ts";
import { isFinal, isRunId, RUN_STATUSES } from "../../runs/run.ts";
import { selectionOf } from "../../runs/store/checked-job.ts";
import { isExperimentIntact, type StoredExperiment } from "../../runs/store/experiment-check.ts";
import type { RunMetrics } from "../../runs/run-metrics.ts";
import { readRunsOfExperiment, type RunWithMetrics } from "../../runs/store/run-rows.ts";
import { type Design, printDesign, readDesign } from "../design.ts";
import type { Experiment, ExperimentHead, Variant, VariantInput } from "../experiment.ts";
import { experimentNotes } from "../notes.ts";
import { variantLabels } from "../variant-labels.ts";

const EXPERIMENTS = `select ${selectionOf([EXPERIMENT], "c")}, c.created_at from comparisons c`;

type Row = StoredExperiment & { readonly number: number; readonly created_at: Date };

export async function insertExperiment(client: PoolClient, id: string, scenarioName: string, design: Design): Promise<void> {
  const given = [scenarioName, design.seeds[0], printDesign(design)];
  const text = "insert into comparisons (id, scenario_name, seed, design) values ($1, $2, $3, $4) returning number";
  const { rows } = await client.query<{ number: number }>(text, [id, ...given]);
  const checksum = EXPERIMENT.checksum([id, rows[0]?.number, ...given]);
  await client.query("update comparisons set checksum = $2 where id = $1", [id, checksum]);
}

/** @throws BallastError EXPERIMENT_NOT_FOUND, also for a text that is no id at all; HISTORY_DAMAGED if it or one of its runs is not what was written. */
export async function readExperiment(pool: Pool, id: string): Promise<Experiment> {
  const rows = isRunId(id) ? await query<Row>(pool, `${EXPERIMENTS} where c.id = $1`, [id]) : [];
  if (rows[0] === undefined) {
    const text = `There is no experiment ${JSON.stringify(id)}. The list of experiments has those that exist.`;
    throw new BallastError("EXPERIMENT_NOT_FOUND", text);
  }
  return await complete(pool, rows[0]);
}

/** The id of the experiment that was begun under an idempotency key. */
export async function readExperimentOfKey(pool: Pool, key: string): Promise<string | undefined> {
  const text = "select c.id from idempotency_keys k join comparisons c on c.id = k.result_id where k.key = $1";
  return (await query<{ id: string }>(pool, text, [key]))[0]?.id;
}

/** The ids of its runs, as it takes to delete them, which works also if it is damaged. */
export async function readRunIdsOfExperiment(pool: Pool, id: string): Promise<string[]> {
  const text = "select public_id as id from run_jobs where comparison_id = $1 order by comparison_place, run_id";
  return (await query<{ id: string }>(pool, text, [id])).map((row) => row.id);
}

/** Its runs stay, as runs of no experiment. */
export async function deleteExperimentRow(pool: Pool, id: string): Promise<void> {
  await query(pool, "with gone as (delete from comparisons where id = $1) delete from idempotency_keys where result_id = $1", [id]);
}

/** Newest first, with their numbers for cursors. */
export async function selectExperiments(
  pool: Pool,
  before: number | null,
  limit: number,
): Promise<{ number: number; experiment: ExperimentHead }[]> {
  const text = `
    select listed.*, counted.open, counted.completed
    from (${EXPERIMENTS} where ($1::bigint is null or c.number < $1) order by c.number desc limit $2) as listed,
    lateral (
      select count(*) filter (where r.status <> all($3::text[]))::integer as open,
        count(*) filter (where r.status = 'completed')::integer as completed
      from run_jobs j join runs r on r.id = j.run_id where j.comparison_id = listed.id
    ) as counted order by listed.number desc`;
  const rows = await query<HeadRow>(pool, text, [before, limit, RUN_STATUSES.filter(isFinal)]);
  return await Promise.all(rows.map(async (row) => ({ number: row.number, experiment: await headOf(pool, row) })));
}

type HeadRow = Row & { readonly open: number; readonly completed: number };

async function headOf(pool: Pool, row: HeadRow): Promise<ExperimentHead> {
  await requireIntact(pool, row);
  const { kind, seeds, keeps = "events", variants } = readDesign(row.design, row.seed);
  const labels = variantLabels(variants).filter((_label, place) => variants[place]?.role === "compared");
  const ended = row.completed === variants.length * seeds.length ? "completed" : "failed";
  const { id, scenario_name: scenarioName, created_at: createdAt } = row;
  return { id, kind, scenarioName, seeds, keeps, createdAt, labels, status: row.open > 0 ? "running" : ended };
}

async function complete(pool: Pool, row: Row): Promise<Experiment> {
  await requireIntact(pool, row);
  const design = readDesign(row.design, row.seed);
  const { kind, seeds, baseline, keeps = "events" } = design;
  const variants = variantsOf(design, cellsBySeed(await readRunsOfExperiment(pool, row.id)));
  const { id, scenario_name: scenarioName, created_at: createdAt } = row;
  const given = { id, kind, scenarioName, seeds, baseline, keeps, createdAt, variants };
  return { ...given, status: statusOf(variants), notes: experimentNotes(given, design.seeded) };
}

type Cells = ReadonlyMap<number, ReadonlyMap<number, RunWithMetrics>>;

/** Runs by the place of their variant, then by their seed. */
function cellsBySeed(runs: readonly (RunWithMetrics & { readonly place: number })[]): Cells {
  const cells = new Map<number, Map<number, RunWithMetrics>>();
  for (const { place, run, metrics } of runs) {
    const ofVariant = cells.get(place) ?? new Map<number, RunWithMetrics>();
    cells.set(place, ofVariant.set(run.seed, { run, metrics }));
  }
  return cells;
}

function variantsOf({ variants, seeds }: Design, cells: Cells): Variant[] {
  const labels = variantLabels(variants);
  const metricsAt = (place: number, seed: number): RunMetrics | null => {
    const { run, metrics = null } = cells.get(place)?.get(seed) ?? {};
    return run?.status === "completed" ? metrics : null;
  };
  return variants.map(({ policyName, policyVersion, parameters, overrides, role, uncommitted }: VariantInput, place): Variant => ({
    label: labels[place]!,
    policyName,
    policyVersion,
    parameters,
    overrides,
    role,
    uncommitted,
    cells: seeds.map((seed) => {
      const metrics = metricsAt(place, seed);
      const base = uncommitted === null ? null : metricsAt(uncommitted, seed);
      const relative = metrics === null || base === null ? null : relativeResults(metrics, base);
      return { seed, run: cells.get(place)?.get(seed)?.run ?? null, metrics, relative };
    }),
  }));
}

/** @throws BallastError HISTORY_DAMAGED. */
async function requireIntact(pool: Pool, row: Row): Promise<void> {
  if (await isExperimentIntact(pool, row)) return;
  throw new BallastError(
    "HISTORY_DAMAGED",
    `Comparison ${row.id} is damaged: its row does not match its checksum. Its runs are not touched by that. Restore the database from a backup, or ` +
      `delete the experiment (\`ballast delete experiment ${row.id}\`), which keeps its runs.`,
  );
}

function statusOf(variants: readonly Variant[]): Experiment["status"] {
  const cells = variants.flatMap((variant) => variant.cells);
  if (cells.some(({ run }) => run !== null && !isFinal(run.status))) return "running";
  return cells.every(({ run }) => run?.status === "completed") ? "completed" : "failed";
}
