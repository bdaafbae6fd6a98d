import { BallastError } from "@ballast/core/errors";
import type { Pool, PoolClient } from "pg";
import { COMPARISON } from "../../event-store/run-job-parts.ts";
import type { ComparedPolicy, Comparison, ComparisonEntry } from "../comparison.ts";
import { comparisonNotes } from "../comparison-notes.ts";
import { policyLabels } from "../policy-text.ts";
import { isFinal, isRunId } from "../run.ts";
import { currentParameterName, currentParameters } from "./former-parameters.ts";
import { query } from "../../database/query.ts";
import { selectionOf } from "./checked-job.ts";
import { readRunsOfComparison } from "./run-rows.ts";

const COMPARISONS = `select ${selectionOf([COMPARISON], "c")}, c.created_at from comparisons c`;

type ComparisonRow = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly number: number;
  readonly scenario_name: string;
  readonly seed: number;
  readonly policies: string;
  readonly checksum: Buffer | null;
  readonly created_at: Date;
};

export async function insertComparison(
  client: PoolClient,
  comparison: { id: string; scenarioName: string; seed: number; policies: readonly ComparedPolicy[] },
): Promise<void> {
  const { id, scenarioName, seed, policies } = comparison;
  const given = [scenarioName, seed, JSON.stringify(policies)];
  const text = "insert into comparisons (id, scenario_name, seed, policies) values ($1, $2, $3, $4) returning number";
  const { rows } = await client.query<{ number: number }>(text, [id, ...given]);
  const checksum = COMPARISON.checksum([id, rows[0]?.number, ...given]);
  await client.query("update comparisons set checksum = $2 where id = $1", [id, checksum]);
}

/** @throws BallastError COMPARISON_NOT_FOUND, also for a text that is no id at all; HISTORY_DAMAGED if it or one of its runs is not what was written. */
export async function readComparison(pool: Pool, id: string): Promise<Comparison> {
  const rows = isRunId(id) ? await query<ComparisonRow>(pool, `${COMPARISONS} where c.id = $1`, [id]) : [];
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

/** The ids of its runs, as it takes to delete them, which works also if it is damaged. */
export async function readRunIdsOfComparison(pool: Pool, id: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    pool,
    "select public_id as id from run_jobs where comparison_id = $1 order by comparison_place",
    [id],
  );
  return rows.map((row) => row.id);
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
  const text = `${COMPARISONS} where ($1::bigint is null or c.number < $1) order by c.number desc limit $2`;
  const rows = await query<ComparisonRow>(pool, text, [before, limit]);
  return await Promise.all(rows.map(async (row) => ({ number: row.number, comparison: await complete(pool, row) })));
}

async function complete(pool: Pool, row: ComparisonRow): Promise<Comparison> {
  await requireIntactComparison(pool, row);
  const policies = (JSON.parse(row.policies) as ComparedPolicy[]).map(underCurrentNames);
  const runs = await readRunsOfComparison(pool, row.id);
  const labels = policyLabels(policies);
  const entries = policies.map(({ policyName, policyVersion, parameters }, place): ComparisonEntry => {
    const { run = null, metrics = null } = runs.get(place) ?? {};
    const ofCompleted = run?.status === "completed" ? metrics : null;
    return { label: labels[place]!, policyName, policyVersion, parameters, run, metrics: ofCompleted };
  });
  const { id, scenario_name: scenarioName, seed, created_at: createdAt } = row;
  return { id, scenarioName, seed, status: statusOf(entries), createdAt, entries, notes: comparisonNotes(entries) };
}

function underCurrentNames(policy: ComparedPolicy): ComparedPolicy {
  const { policyName, parameters, changedParameters } = policy;
  return {
    ...policy,
    parameters: currentParameters(policyName, parameters),
    ...(changedParameters === undefined
      ? {}
      : { changedParameters: changedParameters.map((name) => currentParameterName(policyName, name)) }),
  };
}

/** Whether the comparison that a run belongs to, if it does, is what was written. */
export async function isComparisonOfRunIntact(pool: Pool, run: number): Promise<boolean> {
  const text = `${COMPARISONS} where c.id = (select comparison_id from run_jobs where run_id = $1)`;
  const [row] = await query<ComparisonRow>(pool, text, [run]);
  return row === undefined || (await isIntact(pool, row));
}

async function isIntact(pool: Pool, row: ComparisonRow): Promise<boolean> {
  const comparison = COMPARISON.compare(
    COMPARISON.names.map((name) => row[name]),
    row.checksum,
  );
  return comparison === "equal" || (comparison === "missing" && (await isOfEarlierVersion(pool, row.id)));
}

/** @throws BallastError HISTORY_DAMAGED. */
async function requireIntactComparison(pool: Pool, row: ComparisonRow): Promise<void> {
  if (await isIntact(pool, row)) return;
  throw new BallastError(
    "HISTORY_DAMAGED",
    `Comparison ${row.id} is damaged: its row does not match its checksum. Its runs are not touched by that. Restore the database from a backup, or ` +
      `delete the comparison (\`ballast delete comparison ${row.id}\`), which keeps its runs.`,
  );
}

/** It is given its checksum with the first of its runs that is. */
async function isOfEarlierVersion(pool: Pool, id: string): Promise<boolean> {
  const text = `select 1 from run_jobs where comparison_id = $1 and run_id not in (select u.id from unchecked_owners u where u.kind = 'run') limit 1`;
  return (await query(pool, text, [id])).length === 0;
}

function statusOf(entries: readonly ComparisonEntry[]): Comparison["status"] {
  if (entries.some(({ run }) => run !== null && !isFinal(run.status))) return "running";
  return entries.every(({ run }) => run?.status === "completed") ? "completed" : "failed";
}
