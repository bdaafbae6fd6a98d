import { startEmbeddedPostgres } from "@ballast/embedded-postgres";
import { createPool } from "@ballast/server/database";
import { migrateToLatest } from "@ballast/server/database/migrate";
import { importTrace, listBuiltInTraces } from "@ballast/server/traces";

/**
 * Makes a data folder as a first start leaves it, but with two references under the name of each recorded program: to
 * import the programs themselves takes longer than all else of a start.
 */
export async function prepareDataFolder(dataFolder: string): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataFolder, durable: false });
  try {
    await migrateToLatest(postgres.connectionString);
    await nameBuiltInTraces(postgres.connectionString);
  } finally {
    await postgres.stop();
  }
}

/** Takes the names of the recorded programs but those of `left`, so that nothing is imported under them. */
export async function nameBuiltInTraces(connectionString: string, left: readonly string[] = []): Promise<void> {
  const pool = createPool(connectionString, { max: 1 });
  try {
    for (const { name } of await listBuiltInTraces()) {
      if (!left.includes(name)) await importTrace({ pool, name, source: { file: "two.pages", bytes: twoReferences() } });
    }
  } finally {
    await pool.end();
  }
}

async function* twoReferences(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from("1\n2\n"));
}
