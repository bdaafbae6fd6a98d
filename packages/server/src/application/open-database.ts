import type { Configuration } from "../configuration/index.ts";
import { createPool, type Pool } from "../database/index.ts";
import { type DatabasePlace, findDatabase } from "./database-place.ts";
import type { ShutdownList } from "./shutdown-list.ts";

export type OpenOptions = {
  /** Given up between two steps when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Hears one sentence per step, for people who wait. */
  readonly onProgress: (message: string) => void;
  /** Hears that an embedded Postgres that ended was started again, or could not be. */
  readonly onNotice: (notice: { readonly what: string; readonly error?: unknown }) => void;
};

/**
 * Finds or starts the Postgres, has `prepare` bring its tables up to date, and connects to it. What is opened is added to
 * `started` as soon as it is, so that a failure leaves nothing open.
 */
export async function openDatabase(
  configuration: Configuration,
  prepare: (connectionString: string) => Promise<void>,
  started: ShutdownList,
  { signal, onProgress, onNotice }: OpenOptions,
): Promise<{ readonly database: DatabasePlace; readonly pool: Pool }> {
  const database = await findDatabase(configuration, onProgress, onNotice);
  started.add("Postgres", () => database.leave());
  signal?.throwIfAborted();
  await prepare(database.connectionString);
  signal?.throwIfAborted();
  const pool = createPool(database.connectionString);
  started.add("the connections", () => pool.end());
  return { database, pool };
}
