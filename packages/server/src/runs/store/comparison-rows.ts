import { BallastError } from "@ballast/core/errors";
import type { InferResult } from "kysely";
import type { Pool, PoolClient } from "pg";
import { queries, readRows } from "../../database/index.ts";
import type { ComparedPolicy, Comparison, ComparisonEntry } from "../comparison.ts";
import { comparisonNotes } from "../comparison-notes.ts";
import { policyLabels } from "../policy-text.ts";
import type { RunFigures } from "../run-figures.ts";
import { isFinal, isRunId } from "../run.ts";
import { query } from "./query.ts";
import { completeFigures } from "../stored-figures.ts";
import { readRunsOfComparison } from "./run-rows.ts";

const COMPARISONS = queries
  .selectFrom("comparisons")
  .select(["id", "number", "scenario_name as scenarioName", "seed", "policies", "created_at as createdAt"]);

type ComparisonRow = InferResult<typeof COMPARISONS>[number];

export async function insertComparison(
  client: PoolClient,
  comparison: { id: string; scenarioName: string; seed: number; policies: readonly ComparedPolicy[] },
): Promise<void> {
  const { id, scenarioName, seed, policies } = comparison;
  const text = "insert into comparisons (id, scenario_name, seed, policies) values ($1, $2, $3, $4)";
  await client.query(text, [id, scenarioName, seed, JSON.stringify(policies)]);
}

/** @throws BallastError COMPARISON_NOT_FOUND, also for a text that is no id at all. */
export async function readComparison(pool: Pool, id: string): Promise<Comparison> {
  const rows = isRunId(id) ? await readRows(pool, COMPARISONS.where("id", "=", id)) : [];
  if (rows[0] === undefined) {
    const text = `There is no comparison ${JSON.stringify(id)}. The list of comparisons has those that exist.`;
    throw new BallastError("COMPARISON_NOT_FOUND", text);
  }
  return await complete(pool, rows[0]);
}

/** The id of the comparison that was begun under an idempotency key. */
export async function readComparisonOfKey(pool: Pool, key: string): Promise<string | undefined> {
  const text = "select c.id from idempotency_keys k join comparisons c on c.id = k.result_id where k.key = $1";
  return (await query<{ id: string }>(pool, text, [key]))[0]?.id;
}

/** Its runs stay, as runs of no comparison. */
export async function deleteComparisonRow(pool: Pool, id: string): Promise<void> {
  await query(pool, "with gone as (delete from comparisons where id = $1) delete from idempotency_keys where result_id = $1", [id]);
}

/** Newest first, with their numbers for cursors. */
export async function selectComparisons(
  pool: Pool,
  before: number | null,
  limit: number,
): Promise<{ number: number; comparison: Comparison }[]> {
  const older = before === null ? COMPARISONS : COMPARISONS.where("number", "<", before);
  const rows = await readRows(pool, older.orderBy("number", "desc").limit(limit));
  return await Promise.all(rows.map(async (row) => ({ number: row.number, comparison: await complete(pool, row) })));
}

async function complete(
  pool: Pool,
  { id, scenarioName, seed, policies, createdAt }: ComparisonRow,
): Promise<Comparison> {
  const runs = await readRunsOfComparison(pool, id);
  const figures = await readFigures(pool, id);
  const labels = policyLabels(policies);
  const entries = policies.map(({ policyName, policyVersion, parameters }, place): ComparisonEntry => {
    const label = labels[place]!;
    return { label, policyName, policyVersion, parameters, run: runs.get(place) ?? null, figures: figures.get(place) ?? null };
  });
  return { id, scenarioName, seed, status: statusOf(entries), createdAt, entries, notes: comparisonNotes(entries) };
}

async function readFigures(pool: Pool, comparison: string): Promise<Map<number, RunFigures>> {
  const rows = await readRows(
    pool,
    queries
      .selectFrom("run_jobs as j")
      .innerJoin("runs as r", "r.id", "j.run_id")
      .select((row) => [
        row.ref("j.comparison_place").$notNull().as("place"),
        row.ref("j.figures").$notNull().as("figures"),
      ])
      .where("j.comparison_id", "=", comparison)
      .where("r.status", "=", "completed")
      .where("j.figures", "is not", null),
  );
  return new Map(rows.map(({ place, figures }) => [place, completeFigures(figures)]));
}

function statusOf(entries: readonly ComparisonEntry[]): Comparison["status"] {
  if (entries.some(({ run }) => run !== null && !isFinal(run.status))) return "running";
  return entries.every(({ run }) => run?.status === "completed") ? "completed" : "failed";
}
