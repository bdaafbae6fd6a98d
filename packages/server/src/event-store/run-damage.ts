import type { Pool } from "pg";
import { HistoryDamagedError } from "../database/checksums/index.ts";
import { databaseError } from "../database/database-error.ts";

export type RunDamage = {
  /** Of whose answers it is a part; its number in the log. */
  readonly run: number;
  readonly part: string;
  readonly first: number;
  readonly last: number;
  /** See `Damage.what`. */
  readonly what: string;
};

/** As people know the run: by its public id, or by its number where there is none. */
export async function nameOfRun(pool: Pool, run: number): Promise<string> {
  try {
    const { rows } = await pool.query<{ id: string }>("select public_id as id from run_jobs where run_id = $1", [run]);
    return rows[0]?.id ?? String(run);
  } catch (error) {
    throw databaseError(error);
  }
}

/** The error for damage of a run's log, which nothing but a backup or another execution can replace. */
export async function damagedLog(pool: Pool, { run, part, first, last, what }: RunDamage): Promise<HistoryDamagedError> {
  const name = await nameOfRun(pool, run);
  const positions = { first, last };
  return new HistoryDamagedError({ owner: { run }, part, positions, what, remedy: remedyFor(name) }, `Run ${name}`);
}

export function remedyFor(name: string): string {
  return (
    "Events at other positions can still be read, and states that need none of these. " +
    `\`ballast verify --quick ${name}\` lists all that is damaged. Restore the database from a backup, or run the scenario again.`
  );
}
