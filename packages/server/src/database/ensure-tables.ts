import type { Client } from "pg";
import { checkServer } from "./check-server.ts";
import { migrationNames } from "./migration-names.ts";

/**
 * For commands that read tables alone: where every migration was applied and no other, this is one connection and two
 * queries, and neither the migrations nor what runs them is loaded. Else the database is migrated as `migrateToLatest`
 * does, which also brings views and the tables of names up to date.
 * @throws BallastError as `migrateToLatest`.
 */
export async function ensureTables(connectionString: string): Promise<void> {
  if (await checkServer(connectionString, hasAllMigrations)) return;
  const { migrateToLatest } = await import("./migrate.ts");
  await migrateToLatest(connectionString);
}

async function hasAllMigrations(client: Client): Promise<boolean> {
  const { rows: tables } = await client.query<{ present: boolean }>("select to_regclass('kysely_migration') is not null as present");
  if (tables[0]?.present !== true) return false;
  const { rows } = await client.query<{ name: string }>(`select name from kysely_migration order by name collate "C"`);
  const known = migrationNames();
  return rows.length === known.length && rows.every(({ name }, index) => name === known[index]);
}
