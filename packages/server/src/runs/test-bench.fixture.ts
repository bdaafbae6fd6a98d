import type { Pool } from "pg";
import { createPool } from "../database/index.ts";
import { isIsolated, loadPolicies, type PolicyLimits, resolvePolicyPackages } from "../installed-policies/index.ts";
import { createExperimentService } from "../experiments/execution.ts";
import type { ExperimentService } from "../experiments/index.ts";
import { createTestDatabase } from "../testing/index.ts";
import { Executor, type ExecutorOptions } from "./executor/executor.ts";
import { RUN_INPUT } from "../event-store/index.ts";
import { RunQueue } from "./queue/run-queue.ts";
import type { RunService } from "./run-service.ts";
import type { Run } from "./run.ts";
import { type CheckedJob, JOB_COLUMNS } from "./store/checked-job.ts";
import { createRunService } from "./service/create-run-service.ts";

type Misbehaving = "endless" | "throwing" | "undeclared" | "exiting" | "adversarial";

function urlOf(name: Misbehaving): string {
  return new URL(`misbehaving-policies/${name}.fixture.ts`, import.meta.url).href;
}

/** A run service with executors on a database, for tests. */
export type TestBench = {
  readonly connectionString: string;
  readonly pool: Pool;
  readonly queue: RunQueue;
  readonly runs: RunService;
  readonly experiments: ExperimentService;
  startExecutor(options?: Partial<ExecutorOptions>): Executor;
  /** The run once it has ended. */
  ended(run: Run | string): Promise<Run>;
  /** The run once it has that status. */
  reached(id: string, status: Run["status"]): Promise<Run>;
  close(): Promise<void>;
};

const PATIENCE_MS = 50_000;
/** Short for what never comes back, and long for what does on a machine that is busy. */
export const TEST_LIMITS: PolicyLimits = { callMs: 3_000, loadMs: 30_000, memoryBytes: 192 * 2 ** 20 };

/** `misbehaving`: policies that are installed besides those that come with Ballast. */
export async function openTestBench(misbehaving: readonly Misbehaving[] = []): Promise<TestBench> {
  const database = await createTestDatabase();
  return await openTestBenchOn(database.connectionString, () => database.drop(), misbehaving);
}

export async function openTestBenchOn(
  connectionString: string,
  drop: () => Promise<void>,
  misbehaving: readonly Misbehaving[] = [],
): Promise<TestBench> {
  const pool = createPool(connectionString);
  const { getPolicy: findPolicy, listPolicies } = await loadPolicies(resolvePolicyPackages(misbehaving.map(urlOf), []));
  const isolatedPolicies = listPolicies().filter(isIsolated);
  const policies = { isolatedPolicies, policyLimits: TEST_LIMITS };
  const queue = new RunQueue(pool);
  const runs = createRunService({ pool, connectionString, queue, findPolicy, ...policies, commandPatienceMs: 20_000 });
  const experiments = createExperimentService({ pool, queue, runs, findPolicy, policyLimits: TEST_LIMITS });
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
    queue,
    runs,
    experiments,
    startExecutor: (options = {}) => {
      const executor = new Executor({ connectionString, ...policies, workers: 1, ...options });
      executors.push(executor);
      return executor;
    },
    ended: (run) => until(typeof run === "string" ? run : run.id, ({ status }) => ["completed", "stopped", "failed"].includes(status)),
    reached: (id, status) => until(id, (run) => run.status === status),
    close: async () => {
      await Promise.all(executors.map((executor) => executor.stop()));
      await Promise.all([runs.close(), queue.close()]);
      await pool.end();
      await drop();
    },
  };
}

/** Changes a run's scenario, as JSON text, as another version would have stored it: its checksum is right. */
export async function storeScenario(pool: Pool, run: number, change: (scenario: string) => string): Promise<void> {
  const { rows } = await pool.query<{ scenario: string }>("select scenario::text as scenario from run_jobs where run_id = $1", [run]);
  await storeInput(pool, run, "scenario", change(rows[0]?.scenario ?? ""));
}

/** Changes a column of a run's input, with the checksum. */
export async function storeInput(pool: Pool, run: number, column: "scenario" | "public_id", value: string): Promise<void> {
  const { rows } = await pool.query<CheckedJob>(`select ${JOB_COLUMNS} from run_jobs j where j.run_id = $1`, [run]);
  const job = { ...rows[0], [column]: value } as CheckedJob;
  const checksum = RUN_INPUT.checksum(RUN_INPUT.names.map((name) => job[name]));
  await pool.query(`update run_jobs set ${column} = $2, input_checksum = $3 where run_id = $1`, [run, value, checksum]);
}
