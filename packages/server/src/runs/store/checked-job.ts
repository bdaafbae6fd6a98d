import type { Pool } from "pg";
import { HistoryDamagedError, mayLackChecksum, type StoredPart } from "../../database/checksums/index.ts";
import { RESULT_NAMES, RUN_INPUT, RUN_RESULT } from "../../event-store/run-job-parts.ts";

/** A row of `run_jobs` as it is checked: a json as its text, an int8 as a float8, so that no value of it is refused before. */
export type CheckedJob = { readonly run_id: number; readonly public_id: string } & Readonly<Record<string, unknown>>;

/** For SQL: what `requireIntactJob` needs. */
export const JOB_COLUMNS = selectionOf([RUN_INPUT, RUN_RESULT], "j");

/** For SQL: the columns of parts and their checksums, each under its own name. */
export function selectionOf(parts: readonly StoredPart[], alias: string): string {
  const columns = new Map<string, string>();
  for (const part of parts) {
    for (const name of part.names) columns.set(name, castOf(part.typeOf(name), `${alias}.${name}`));
    columns.set(part.checksumName, `${alias}.${part.checksumName}`);
  }
  return [...columns].map(([name, sql]) => `${sql} as ${name}`).join(", ");
}

function castOf(type: string, column: string): string {
  if (type === "json") return `${column}::text`;
  return type === "int8" ? `${column}::float8` : column;
}

/** What of a row is not as it was written; undefined if nothing is. */
export async function damageOfJob(pool: Pool, job: CheckedJob): Promise<string | undefined> {
  if (!(await isIntact(pool, RUN_INPUT, job))) return "run's input (scenario, policy, parameters or seed)";
  const hasResult = [...RESULT_NAMES, RUN_RESULT.checksumName].some((name) => job[name] !== null);
  return hasResult && !(await isIntact(pool, RUN_RESULT, job)) ? "run's result (figures or error)" : undefined;
}

async function isIntact(pool: Pool, part: StoredPart, job: CheckedJob): Promise<boolean> {
  const comparison = part.compare(
    part.names.map((name) => job[name]),
    job[part.checksumName] as Buffer | null,
  );
  if (comparison !== "missing") return comparison === "equal";
  return await mayLackChecksum(pool, { kind: "run", id: job.run_id });
}

/** @throws BallastError HISTORY_DAMAGED. */
export async function requireIntactJob(pool: Pool, job: CheckedJob): Promise<void> {
  const part = await damageOfJob(pool, job);
  if (part === undefined) return;
  const damage = { owner: { run: job.run_id }, part, what: "does not match its checksum", remedy: remedyFor(job.public_id) };
  throw new HistoryDamagedError(damage, `Run ${job.public_id}`);
}

export function remedyFor(id: string): string {
  return `Restore the database from a backup, or delete the run (\`ballast delete run ${id}\`) and start its scenario again.`;
}
