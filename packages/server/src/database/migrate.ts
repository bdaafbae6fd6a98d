import { BallastError } from "@ballast/core/errors";
import type { Migration } from "kysely/migration";
import type { Pool, PoolClient } from "pg";
import { checkServer } from "./check-server.ts";
import { databaseError } from "./database-error.ts";
import { migrationNames } from "./migration-names.ts";
import { writeEventTypes } from "./event-types-table.ts";
import { writeEventViews } from "./event-views.ts";
import { writeMetricNames } from "./metric-names-table.ts";
import { createPool } from "./pool.ts";

/** Any constant: servers that start at the same time on one database wait for each other here. */
const MIGRATION_LOCK = 7_261_904_115;

type Migrations = Readonly<Record<string, Migration>>;
/** They and what runs them are loaded where one is missing: half as many modules again as all else of a start. */
type Known = { readonly names: readonly string[]; readonly load: () => Promise<Migrations> };

/**
 * Brings a database to the newest version: from empty or from any earlier one. Safe to call from several processes at
 * the same time.
 * @throws BallastError of a DATABASE_ code: what `checkServer` throws, DATABASE_NEWER, DATABASE_RIGHT_MISSING, DATABASE_FULL.
 */
export async function migrateToLatest(connectionString: string): Promise<void> {
  const known = { names: migrationNames(), load: async () => (await import("./migrations/index.ts")).MIGRATIONS };
  await migrateKnown(connectionString, known, async (client) => {
    await writeEventTypes(client);
    await writeEventViews(client);
    await writeMetricNames(client);
  });
}

/** Like `migrateToLatest` up to a given list of migrations: tests make older and newer databases with it. */
export async function migrate(connectionString: string, migrations: Migrations): Promise<void> {
  await migrateKnown(connectionString, { names: Object.keys(migrations), load: async () => migrations }, async () => undefined);
}

async function migrateKnown(connectionString: string, known: Known, afterwards: (client: PoolClient) => Promise<void>): Promise<void> {
  await checkServer(connectionString);
  const pool = createPool(connectionString, { max: 2 });
  try {
    await migrateLocked(pool, known, afterwards);
  } catch (error) {
    throw databaseError(error);
  } finally {
    await pool.end();
  }
}

async function migrateLocked(pool: Pool, { names, load }: Known, afterwards: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const applied = await appliedMigrations(client);
    refuseNewer(applied, names);
    // What runs migrations looks through all tables first, which takes longer than all else of a start.
    if (names.some((name) => !applied.includes(name))) await runMigrations(pool, await load());
    await afterwards(client);
  } finally {
    // Closing the connection frees the lock, also where a query failed.
    client.release(true);
  }
}

async function runMigrations(pool: Pool, migrations: Migrations): Promise<void> {
  const [{ Kysely, PostgresDialect }, { Migrator }] = await Promise.all([import("kysely"), import("kysely/migration")]);
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw databaseError(error);
}

async function appliedMigrations(client: { query: Pool["query"] }): Promise<readonly string[]> {
  const { rows: tables } = await client.query<{ present: boolean }>("select to_regclass('kysely_migration') is not null as present");
  if (tables[0]?.present !== true) return [];
  const { rows } = await client.query<{ name: string }>("select name from kysely_migration order by name");
  return rows.map(({ name }) => name);
}

function refuseNewer(applied: readonly string[], names: readonly string[]): void {
  const unknown = applied.filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  throw new BallastError(
    "DATABASE_NEWER",
    `The database has ${unknown.length} migrations that this Ballast does not know (${unknown.join(", ")}): ` +
      "it was migrated by a newer one. Use that version, or another database.",
  );
}
