import { BallastError } from "@ballast/core/errors";
import type { Command, PageActivity } from "@ballast/core/kernel";
import type { Scenario } from "@ballast/core/scenario";
import type { Pool } from "pg";
import { DEFAULT_POLICY_LIMITS, type IsolatedPolicy, type PolicyLimits } from "../../installed-policies/index.ts";
import type { RunService, RunWatch, StartRun, Verification } from "../run-service.ts";
import { ActivityRunner } from "../activity/activity-runner.ts";
import { WorkerPool } from "../executor/worker-pool.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import { isFinal, type Run } from "../run.ts";
import { RunSignals } from "../signals/run-signals.ts";
import { deleteRunWithJob, seizeFreeRun, stopQueuedRun, takeLeaseAway } from "../store/withdraw-run.ts";
import { readJob } from "../store/job-row.ts";
import { retryFailedRun } from "../store/retry-run.ts";
import { readRunToDelete } from "../store/run-rows.ts";
import type { FindPolicy } from "../worker/kernel-input.ts";
import { DEFAULT_SETTINGS } from "../worker/settings.ts";
import { CommandSender } from "./command-sender.ts";
import { PostgresRunReader } from "./run-reader.ts";
import { RunStarter } from "./run-starter.ts";
import { RunWatches } from "./run-watches.ts";

export type RunServiceOptions = {
  readonly pool: Pool;
  readonly connectionString: string;
  /** Closed by whoever made it. */
  readonly queue: RunQueue;
  readonly findPolicy: FindPolicy;
  /** A run that would need more memory, in bytes, is refused; none is if not given. */
  readonly runMemoryBytes?: number;
  /** Policies that do not come with Ballast; a verification runs them in a process of their own, too. */
  readonly isolatedPolicies?: readonly IsolatedPolicy[];
  /** Hears of each run that is started here, by its number in the event store. */
  readonly onStarted?: (run: number) => void;
  /** Hears that a run was deleted here: its history is to be removed. */
  readonly onDeleted?: () => void;
  /** How long an executor may take until it has seen a command; 30 s if not given. */
  readonly commandPatienceMs?: number;
  /** How far a policy may go while a run is checked or verified; DEFAULT_POLICY_LIMITS where not given. */
  readonly policyLimits?: Partial<PolicyLimits>;
};

const COMMAND_PATIENCE_MS = 30_000;
/** A step that takes longer is answered while it is still on its way. */
const STEP_PATIENCE_MS = 10_000;
const STOP_PATIENCE_MS = 30_000;
/** Runs are verified one after the other, and a thread takes longer to start than to verify a short run. */
const SPARE_VERIFIER_MS = 10_000;
const END = Number.MAX_SAFE_INTEGER;

function limitsOf({ policyLimits }: RunServiceOptions): PolicyLimits {
  return { ...DEFAULT_POLICY_LIMITS, ...policyLimits };
}

export function createRunService(options: RunServiceOptions): RunService {
  return new PostgresRunService(options);
}

class PostgresRunService extends PostgresRunReader implements RunService {
  readonly #pool: Pool;
  readonly #options: RunServiceOptions;
  readonly #queue: RunQueue;
  readonly #signals: RunSignals;
  readonly #starter: RunStarter;
  readonly #sender: CommandSender;
  readonly #watches: RunWatches;
  readonly #verifiers: WorkerPool;
  readonly #activities: ActivityRunner;

  constructor(options: RunServiceOptions) {
    const { pool, findPolicy, connectionString, commandPatienceMs = COMMAND_PATIENCE_MS } = options;
    super(pool);
    this.#pool = pool;
    this.#options = options;
    this.#queue = options.queue;
    this.#signals = new RunSignals(connectionString);
    const { runMemoryBytes } = options;
    this.#starter = new RunStarter(pool, this.#queue, findPolicy, { policyLimits: limitsOf(options), runMemoryBytes });
    this.#sender = new CommandSender(pool, this.#queue, this.#signals, { patienceMs: commandPatienceMs, runMemoryBytes });
    this.#watches = new RunWatches(pool, this.#signals);
    const { isolatedPolicies = [] } = options;
    const setup = { connectionString, isolatedPolicies, policyLimits: limitsOf(options), settings: DEFAULT_SETTINGS };
    this.#verifiers = new WorkerPool(setup, { spareMs: SPARE_VERIFIER_MS });
    this.#activities = new ActivityRunner(setup);
  }

  async startRun(input: StartRun): Promise<Run> {
    const run = await this.getRun(await this.#starter.startRun(input));
    this.#options.onStarted?.(run.logId);
    return run;
  }

  async getScenario(id: string): Promise<Scenario> {
    const { logId } = await this.getRun(id);
    return (await readJob(this.#pool, logId)).scenario;
  }

  async pauseRun(id: string, signal?: AbortSignal): Promise<Run> {
    return await this.#control(id, { kind: "pause" }, signal);
  }

  async resumeRun(id: string, signal?: AbortSignal): Promise<Run> {
    return await this.#control(id, { kind: "resume" }, signal);
  }

  async stepRun(id: string, events: number, signal?: AbortSignal): Promise<Run> {
    const run = await this.#control(id, { kind: "step", events }, signal);
    if (run.status === "running") await this.#until(id, END, STEP_PATIENCE_MS, signal, "running");
    return await this.getRun(id);
  }

  async stopRun(id: string, signal?: AbortSignal): Promise<Run> {
    const run = await this.getRun(id);
    if (await stopQueuedRun(this.#pool, this.#queue, run)) return await this.getRun(id);
    await this.#sender.send(run, { kind: "stop" }, signal);
    await this.#until(id, END, STOP_PATIENCE_MS, signal);
    return await this.getRun(id);
  }

  async sendCommand(id: string, command: Command, signal?: AbortSignal): Promise<{ run: Run; position: number }> {
    const position = await this.#sender.send(await this.getRun(id), command, signal);
    return { run: await this.getRun(id), position };
  }

  async retryRun(id: string): Promise<Run> {
    const run = await this.getRun(id);
    await retryFailedRun(this.#pool, this.#queue, run);
    this.#options.onStarted?.(run.logId);
    return await this.getRun(id);
  }

  async deleteRun(id: string): Promise<void> {
    const run = await readRunToDelete(this.#pool, id);
    if (!isFinal(run.status) && !(await seizeFreeRun(this.#pool, run.logId))) await this.#end(run);
    await deleteRunWithJob(this.#pool, this.#queue, run);
    this.#options.onDeleted?.();
  }

  async verifyRun(id: string, signal?: AbortSignal): Promise<Verification> {
    const run = await this.getRun(id);
    signal?.throwIfAborted();
    const thread = this.#verifiers.take();
    const abort = (): void => void thread.terminate();
    signal?.addEventListener("abort", abort);
    try {
      return { runId: id, ...(await thread.verify(run.logId)) };
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
      this.#verifiers.giveBack(thread);
    }
  }

  async activityAt(id: string, position: number, signal: AbortSignal): Promise<PageActivity> {
    const { logId } = await this.getRun(id);
    return await this.#activities.activityAt(logId, position, signal);
  }

  watchRun(id: string): RunWatch {
    return this.#watches.watch(id);
  }

  async close(): Promise<void> {
    await Promise.all([this.#signals.close(), this.#verifiers.close(), this.#activities.close()]);
  }

  async #control(id: string, command: Command, signal: AbortSignal | undefined): Promise<Run> {
    await this.#sender.send(await this.getRun(id), command, signal);
    return await this.getRun(id);
  }

  /** Waits as `RunWatch.wait` does, but not for ever. */
  async #until(id: string, position: number, ms: number, signal?: AbortSignal, status?: "running"): Promise<void> {
    const patience = AbortSignal.timeout(ms);
    const either = signal === undefined ? patience : AbortSignal.any([signal, patience]);
    try {
      await this.watchRun(id).wait(position, either, status);
    } catch (error) {
      signal?.throwIfAborted();
      if (!patience.aborted) throw error;
    }
  }

  /** Has the executor let go of a run; without one that answers, the run is taken from it. */
  async #end(run: Pick<Run, "id" | "logId">): Promise<void> {
    try {
      await this.stopRun(run.id);
    } catch (error) {
      const isInVain = error instanceof BallastError && ["RUN_STATE", "COMMAND_INVALID", "HISTORY_DAMAGED"].includes(error.code);
      if (!isInVain) throw error;
    }
    await takeLeaseAway(this.#pool, run.logId);
  }
}
