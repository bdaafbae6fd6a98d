import type { Pool } from "pg";
import { unlessDamaged } from "../../database/checksums/index.ts";
import { DEFAULT_POLICY_LIMITS, type PolicyLimits } from "../../installed-policies/index.ts";
import type { RunService } from "../../runs/index.ts";
import type { RunQueue } from "../../runs/queue/run-queue.ts";
import type { FindPolicy } from "../../runs/worker/kernel-input.ts";
import { type Experiment, runsOf } from "../experiment.ts";
import { deleteExperimentRow, readExperimentOfKey, readRunIdsOfExperiment } from "../store/experiment-rows.ts";
import { PostgresExperimentReader } from "./experiment-reader.ts";
import type { ExperimentService, StartExperiment } from "./experiment-service.ts";
import { ExperimentStarter } from "./experiment-starter.ts";

export type ExperimentServiceOptions = {
  readonly pool: Pool;
  readonly queue: RunQueue;
  readonly runs: RunService;
  readonly findPolicy: FindPolicy;
  /** A run that would need more memory, in bytes, is refused; none is if not given. */
  readonly runMemoryBytes?: number | undefined;
  /** How far a policy may go while a run is checked; DEFAULT_POLICY_LIMITS where not given. */
  readonly policyLimits?: Partial<PolicyLimits>;
  /** Hears of each run that is started here, by its number in the event store. */
  readonly onStarted?: (run: number) => void;
};

export function createExperimentService(options: ExperimentServiceOptions): ExperimentService {
  return new PostgresExperimentService(options);
}

class PostgresExperimentService extends PostgresExperimentReader implements ExperimentService {
  readonly #options: ExperimentServiceOptions;
  readonly #starter: ExperimentStarter;

  constructor(options: ExperimentServiceOptions) {
    const { pool, queue, findPolicy, runMemoryBytes } = options;
    super(pool);
    this.#options = options;
    const policyLimits = { ...DEFAULT_POLICY_LIMITS, ...options.policyLimits };
    this.#starter = new ExperimentStarter(pool, queue, findPolicy, { policyLimits, runMemoryBytes });
  }

  async startExperiment(input: StartExperiment): Promise<Experiment> {
    const experiment = await this.getExperiment(await this.#starter.start(input));
    for (const run of runsOf(experiment)) this.#options.onStarted?.(run.logId);
    return experiment;
  }

  async findExperimentOfKey(idempotencyKey: string): Promise<Experiment | undefined> {
    const id = await readExperimentOfKey(this.#options.pool, idempotencyKey);
    return id === undefined ? undefined : await this.getExperiment(id);
  }

  async deleteExperiment(id: string, { withRuns }: { readonly withRuns: boolean }): Promise<readonly string[]> {
    const { pool, runs } = this.#options;
    await unlessDamaged(this.getExperiment(id));
    const deleted = withRuns ? await readRunIdsOfExperiment(pool, id) : [];
    for (const run of deleted) await runs.deleteRun(run);
    await deleteExperimentRow(pool, id);
    return deleted;
  }
}
