import type { Configuration } from "../configuration/index.ts";
import { ensureTables, type Pool } from "../database/index.ts";
import { type ExperimentReader, PostgresExperimentReader } from "../experiments/index.ts";
import { PostgresRunReader, type RunReader } from "../runs/index.ts";
import { openDatabase, type OpenOptions } from "./open-database.ts";
import { ShutdownList } from "./shutdown-list.ts";

export type { OpenOptions };

/** What a command works with that only shows runs and experiments: no policies, no simulation, no API is loaded. */
export type StoredRuns = {
  readonly pool: Pool;
  readonly runs: RunReader;
  readonly experiments: ExperimentReader;
  /** May be called more than once. */
  shutdown(): Promise<void>;
};

/**
 * @throws BallastError DATABASE_START_FAILED, DATABASE_UNREACHABLE, DATABASE_TOO_OLD, DATABASE_NEWER, DATABASE_FULL; the
 * signal's reason when it aborts. Nothing stays open then.
 */
export async function openStoredRuns(configuration: Configuration, options: OpenOptions): Promise<StoredRuns> {
  const started = new ShutdownList();
  try {
    const { pool } = await openDatabase(configuration, ensureTables, started, options);
    const readers = { runs: new PostgresRunReader(pool), experiments: new PostgresExperimentReader(pool) };
    return { pool, ...readers, shutdown: () => started.run() };
  } catch (error) {
    await started.run();
    options.signal?.throwIfAborted();
    throw error;
  }
}
