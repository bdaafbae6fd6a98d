import { BallastError } from "@ballast/core/errors";
import type { ParameterValues } from "@ballast/core/policy";
import type { Pool, PoolClient } from "pg";
import type { Comparison, ComparisonEntry } from "../comparison.ts";
import { comparisonNotes } from "../comparison-notes.ts";
import type { RunFigures } from "../run-figures.ts";
import { isFinal } from "../run.ts";
import { query } from "./query.ts";
import { readRunsOfComparison } from "./run-rows.ts";

export type ComparedPolicy = {
  readonly policyName: string;
  readonly policyVersion: string;
  readonly parameters: ParameterValues;
};

type ComparisonRow = {
  id: string;
  number: number;
  scenarioName: string;
  seed: number;
  policies: ComparedPolicy[];
  createdAt: Date;
};

const COLUMNS = `id, number, scenario_name as "scenarioName", seed, policies, created_at as "createdAt"`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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
  const rows = UUID.test(id)
    ? await query<ComparisonRow>(pool, `select ${COLUMNS} from comparisons where id = $1`, [id])
    : [];
  if (rows[0] === undefined) {
    const text = `There is no comparison ${JSON.stringify(id)}. List the comparisons to see which exist.`;
    throw new BallastError("COMPARISON_NOT_FOUND", text);
  }
  return await complete(pool, rows[0]);
}

/** Newest first, with their numbers for cursors. */
export async function selectComparisons(
  pool: Pool,
  before: number | null,
  limit: number,
): Promise<{ number: number; comparison: Comparison }[]> {
  const text = `select ${COLUMNS} from comparisons
    where ($1::bigint is null or number < $1) order by number desc limit $2`;
  const rows = await query<ComparisonRow>(pool, text, [before, limit]);
  return await Promise.all(rows.map(async (row) => ({ number: row.number, comparison: await complete(pool, row) })));
}

async function complete(
  pool: Pool,
  { id, scenarioName, seed, policies, createdAt }: ComparisonRow,
): Promise<Comparison> {
  const runs = await readRunsOfComparison(pool, id);
  const figures = await readFigures(pool, id);
  const entries = policies.map((policy, place): ComparisonEntry => {
    return { ...policy, run: runs.get(place) ?? null, figures: figures.get(place) ?? null };
  });
  return { id, scenarioName, seed, status: statusOf(entries), createdAt, entries, notes: comparisonNotes(entries) };
}

async function readFigures(pool: Pool, comparison: string): Promise<Map<number, RunFigures>> {
  const text = `select j.comparison_place as place, j.figures from run_jobs j join runs r on r.id = j.run_id
    where j.comparison_id = $1 and r.status = 'completed' and j.figures is not null`;
  const rows = await query<{ place: number; figures: RunFigures }>(pool, text, [comparison]);
  return new Map(rows.map((row) => [row.place, row.figures]));
}

function statusOf(entries: readonly ComparisonEntry[]): Comparison["status"] {
  if (entries.some(({ run }) => run !== null && !isFinal(run.status))) return "running";
  return entries.every(({ run }) => run?.status === "completed") ? "completed" : "failed";
}
