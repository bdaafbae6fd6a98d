import { Kysely, PostgresDialect, type PostgresPool } from "kysely";
import type { PoolClient } from "../database/index.ts";
import { MIGRATIONS } from "../database/migrations/index.ts";
import { BACKED_UP_TABLES } from "./backed-up-tables.ts";
import type { Manifest } from "./backup-format.ts";

/**
 * The schema that a backup is read into, in the transaction of its restore: no other transaction ever sees it. Its name is fixed, so
 * that of two restores at the same time the second waits for the first.
 */
export const STAGING = "ballast_restore";

/** What the file's migrations may say that this version cannot follow; undefined if it can. */
export function refuseMigrations({ migrations, ballast }: Manifest): string | undefined {
  const known = Object.keys(MIGRATIONS);
  const unknown = migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    return `it was written by a newer Ballast (${ballast}), with migrations that this one does not know (${unknown.join(", ")}): use that version`;
  }
  const isPrefix = migrations.every((name, index) => name === known[index]);
  return isPrefix && migrations.length > 0
    ? undefined
    : `its migrations (${migrations.join(", ")}) are not those of any version of Ballast`;
}

/** Makes the tables as the database of the backup had them. They are of no use after a crash, and need no log. */
export async function createStaging(client: PoolClient, { migrations }: Manifest): Promise<void> {
  await client.query(`create schema ${STAGING}`);
  await migrateStaging(client, migrations);
  // A table that others refer to comes after them.
  for (const { name } of BACKED_UP_TABLES.toReversed()) {
    await client.query(`alter table if exists ${STAGING}.${name} set unlogged`);
  }
}

/**
 * Checks that the rows that were read refer to each other, and brings them to the tables of this version, as the database's
 * own rows were brought there.
 */
export async function finishStaging(client: PoolClient, { migrations }: Manifest): Promise<void> {
  // No table with checks to come can be altered, or dropped.
  await client.query("set constraints all immediate");
  await migrateStaging(client, Object.keys(MIGRATIONS).slice(migrations.length));
}

export async function dropStaging(client: PoolClient): Promise<void> {
  await client.query(`drop schema ${STAGING} cascade`);
}

/** Migrations name their tables without a schema. */
async function migrateStaging(client: PoolClient, names: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ path: string }>("select current_setting('search_path') as path");
  await client.query(`set local search_path = ${STAGING}`);
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: poolOf(client) }) });
  for (const name of names) await MIGRATIONS[name]?.up(database);
  await client.query("select set_config('search_path', $1, true)", [rows[0]?.path]);
}

/** Kysely's statements over one connection, which stays the caller's. */
function poolOf(client: PoolClient): PostgresPool {
  const lent = { query: client.query.bind(client), release: () => undefined };
  return { connect: () => Promise.resolve(lent), end: () => Promise.resolve() } as unknown as PostgresPool;
}
