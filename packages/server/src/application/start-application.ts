import type { Configuration } from "../configuration/index.ts";
import { migrateToLatest } from "../database/migrate.ts";
import type { DeletedRunRemover } from "../event-store/index.ts";
import { createExperimentService } from "../experiments/execution.ts";
import { History } from "../history/index.ts";
import { isIsolated, loadPolicies, resolvePolicyPackages } from "../installed-policies/index.ts";
import type { RebuildProgress } from "../projections/index.ts";
import { createRunService, Executor, type ExecutorNotice, RunQueue, type RunStep } from "../runs/execution.ts";
import type { WorkerKind } from "../runs/index.ts";
import type { Application } from "./application.ts";
import { startBackgroundWork } from "./background-work.ts";
import { openDatabase } from "./open-database.ts";
import { everyMinute } from "./once-a-minute.ts";
import { packageVersion } from "./package-version.ts";
import { prepareForWorker } from "./prepare-for-worker.ts";
import { openScenarioLibrary } from "./scenario-library.ts";
import { ShutdownList } from "./shutdown-list.ts";

export type StartOptions = {
  /**
   * Whether this process takes runs from the queue; "own": those alone that it has started itself, so that a command does
   * not wait behind the runs of a server; "worker": any, in a process that does nothing else, beside processes of the same version only.
   */
  readonly execute: boolean | "own" | "worker";
  /** Runs computed at the same time; as many as the executor finds right if not given. */
  readonly concurrency?: number | undefined;
  /** Hears what becomes of each run that is executed here. */
  readonly onRun?: ((what: RunStep, id: string) => void) | undefined;
  /** Given up between two steps when it aborts; what was started by then is stopped. */
  readonly signal?: AbortSignal;
  /** Hears one sentence per step, for people who wait. */
  readonly onProgress?: (message: string) => void;
  /** Hears what the executor has to say that no caller waits for. */
  readonly onNotice?: (notice: ExecutorNotice) => void;
  /** Called with the progress of rebuilding what another version left (read models, keyframes), which continues after the start. */
  readonly onRebuild?: (progress: RebuildProgress) => void;
};

/**
 * Starts everything of one process, in the order in which each part needs the others. What is wrong with the policies is
 * found before anything is started.
 * @throws BallastError POLICY_PACKAGE_INVALID, DATABASE_START_FAILED, DATABASE_UNREACHABLE, DATABASE_TOO_OLD,
 * DATABASE_NEWER, DATABASE_FULL; the signal's reason when it aborts. Nothing stays started then.
 */
export async function startApplication(configuration: Configuration, options: StartOptions): Promise<Application> {
  const started = new ShutdownList();
  try {
    return await startParts(configuration, options, started);
  } catch (error) {
    await started.run();
    // What an abort cuts off fails in its own way; the reason is the abort.
    options.signal?.throwIfAborted();
    throw error;
  }
}

async function startParts(
  configuration: Configuration,
  { execute, concurrency, onRun, signal, onProgress = () => undefined, onNotice = () => undefined, onRebuild }: StartOptions,
  started: ShutdownList,
): Promise<Application> {
  const policyPackages = resolvePolicyPackages(configuration.policies, configuration.folders);
  const { policyLimits, runMemoryBytes } = configuration;
  const policies = await loadPolicies(policyPackages, policyLimits);
  const isolatedPolicies = policies.listPolicies().filter(isIsolated);
  signal?.throwIfAborted();
  const { database, pool } = await openDatabase(configuration, execute === "worker" ? prepareForWorker : migrateToLatest, started, {
    signal,
    onProgress,
    onNotice: (notice) => onNotice({ run: null, ...notice }),
  });
  const { connectionString } = database;
  const findPolicy = policies.getPolicy;
  const ownRuns = new Set<number>();
  let executor: Executor | undefined;
  let remover: DeletedRunRemover | undefined;
  const queue = new RunQueue(pool);
  started.add("the queue", () => queue.close());
  const onStarted = (run: number): void => {
    ownRuns.add(run);
    executor?.lookAgain();
  };
  const runOptions = { findPolicy, isolatedPolicies, policyLimits, runMemoryBytes, onStarted, onDeleted: () => remover?.lookAgain() };
  const runs = createRunService({ pool, connectionString, queue, ...runOptions });
  started.add("the run service", () => runs.close());
  const experiments = createExperimentService({ pool, queue, runs, findPolicy, policyLimits, runMemoryBytes, onStarted });
  const notify = everyMinute(onNotice);
  if (execute !== false) {
    remover = startBackgroundWork(pool, started, notify, onRebuild);
    const policyNames = policies.listPolicies().map(({ name }) => name);
    const { checkpointMs } = configuration;
    const settings = checkpointMs === undefined ? {} : { checkpointMs };
    const onlyRuns = execute === "own" ? ownRuns : undefined;
    const shownAs = { kind: kindOf(execute), version: packageVersion() };
    const executorOptions = { isolatedPolicies, policyLimits, policyNames, onlyRuns, settings, runMemoryBytes, shownAs, onRun };
    const workers = concurrency === undefined ? {} : { workers: concurrency };
    const begun = new Executor({ connectionString, ...executorOptions, ...workers, onNotice: notify });
    started.add("the executor", () => begun.stop());
    executor = begun;
  }
  return {
    configuration,
    database,
    pool,
    history: new History(pool, {
      cacheBytes: configuration.momentMemoryBytes,
      onDamage: (_run, error) => notify({ what: "a keyframe is damaged", run: null, error }),
    }),
    runs,
    experiments,
    policies,
    scenarios: openScenarioLibrary(),
    shutdown: () => started.run(),
  };
}

function kindOf(execute: true | "own" | "worker"): WorkerKind {
  if (execute === "own") return "command";
  return execute === "worker" ? "worker" : "server";
}
