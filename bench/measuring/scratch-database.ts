import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../packages/embedded-postgres/src/index.ts";
import { createPool, type Pool } from "../../packages/server/src/database/index.ts";
import { migrateToLatest } from "../../packages/server/src/database/migrate.ts";

/** Runs some work on a durable Postgres of its own (fsync on, as in earnest), and removes it afterwards. */
export async function withScratchDatabase(work: (pool: Pool, connectionString: string) => Promise<void>): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), "ballast-bench-"));
  const postgres = await startEmbeddedPostgres({ dataFolder });
  const pool = createPool(postgres.connectionString);
  try {
    await migrateToLatest(postgres.connectionString);
    await work(pool, postgres.connectionString);
  } finally {
    await pool.end();
    await postgres.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** Bytes on disk of a table with its indexes and what is stored beside it. */
export async function sizeOf(pool: Pool, table: string): Promise<number> {
  const { rows } = await pool.query<{ bytes: number }>("select pg_total_relation_size($1::regclass) as bytes", [table]);
  return rows[0]?.bytes ?? 0;
}
