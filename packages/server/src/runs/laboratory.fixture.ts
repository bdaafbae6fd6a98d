import type { Pool } from "pg";
import { createPool } from "../database/index.ts";
import { loadPolicies } from "../installed-policies/index.ts";
import { createTestDatabase } from "../testing/index.ts";
import { Executor, type ExecutorOptions } from "./executor/executor.ts";
import type { RunService } from "./run-service.ts";
import type { Run } from "./run.ts";
import { createRunService } from "./service/create-run-service.ts";

export const MISBEHAVING = ["endless", "throwing", "undeclared", "exiting"].map((name) => {
  return new URL(`misbehaving-policies/${name}.fixture.ts`, import.meta.url).href;
});

/** A run service with executors on a database, for tests. */
export type Laboratory = {
  readonly connectionString: string;
  readonly pool: Pool;
  readonly runs: RunService;
  startExecutor(options?: Partial<ExecutorOptions>): Executor;
  /** The run once it has ended. */
  ended(run: Run | string): Promise<Run>;
  /** The run once it has that status. */
  reached(id: string, status: Run["status"]): Promise<Run>;
  close(): Promise<void>;
};

const PATIENCE_MS = 50_000;

export async function openLaboratory(): Promise<Laboratory> {
  const database = await createTestDatabase();
  return await openLaboratoryOn(database.connectionString, () => database.drop());
}

export async function openLaboratoryOn(connectionString: string, drop: () => Promise<void>): Promise<Laboratory> {
  const pool = createPool(connectionString);
  const { getPolicy: findPolicy } = await loadPolicies(MISBEHAVING);
  const policyPackages = MISBEHAVING;
  const runs = createRunService({ pool, connectionString, findPolicy, policyPackages, commandPatienceMs: 20_000 });
  const executors: Executor[] = [];
  const until = async (id: string, isReached: (run: Run) => boolean): Promise<Run> => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const run = await runs.getRun(id);
      if (isReached(run)) return run;
      await runs.watchRun(id).wait(Number.MAX_SAFE_INTEGER, signal, run.status);
    }
  };
  return {
    connectionString,
    pool,
    runs,
    startExecutor: (options = {}) => {
      const executor = new Executor({ connectionString, policyPackages, workers: 1, policyLimitMs: 500, ...options });
      executors.push(executor);
      return executor;
    },
    ended: (run) =>
      until(typeof run === "string" ? run : run.id, ({ status }) =>
        ["completed", "stopped", "failed"].includes(status),
      ),
    reached: (id, status) => until(id, (run) => run.status === status),
    close: async () => {
      await Promise.all(executors.map((executor) => executor.stop()));
      await runs.close();
      await pool.end();
      await drop();
    },
  };
}
