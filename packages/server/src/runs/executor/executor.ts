import { BallastError } from "@ballast/core/errors";
import { availableParallelism } from "node:os";
import { createPool, type Pool } from "../../database/index.ts";
import { DEFAULT_POLICY_LIMITS, type IsolatedPolicy, type PolicyLimits } from "../../installed-policies/index.ts";
import type { RunStatus } from "../run.ts";
import { RunQueue } from "../queue/run-queue.ts";
import { type HeardSignal, RunSignals } from "../signals/run-signals.ts";
import { WakeUp } from "../signals/wake-up.ts";
import { isOwnerGone, nameLeaseOwner } from "../store/lease-owner.ts";
import { type Claim, type Claimant, claimRun, isRunDue, type Takeable } from "../store/claim.ts";
import { abandonedRuns, takeBack } from "../store/give-back.ts";
import { leaseOwners, renewLeases } from "../store/leases.ts";
import { mendQueue } from "../store/mend-queue.ts";
import { DEFAULT_SETTINGS, type ExecutionSettings } from "../worker/settings.ts";
import { concludeRun } from "./conclude-run.ts";
import type { WorkerKind } from "../store/workers.ts";
import { MemoryBudget } from "./memory-budget.ts";
import { RunningJob } from "./running-job.ts";
import type { ThreadOutcome } from "./run-worker-thread.ts";
import { WorkerPool } from "./worker-pool.ts";
import { WorkerRegistration } from "./worker-registration.ts";

export type ExecutorOptions = {
  readonly connectionString: string;
  /** Policies that do not come with Ballast. */
  readonly isolatedPolicies?: readonly IsolatedPolicy[];
  /** Names of the installed policies: runs under others are left to servers that have them. All runs if not given. */
  readonly policyNames?: readonly string[];
  /** The only runs that are executed here; all that are queued if not given. It may grow: `lookAgain` then. */
  readonly onlyRuns?: ReadonlySet<number> | undefined;
  /** Runs computed at the same time; by default one less than the processor has cores, at least 1. */
  readonly workers?: number;
  /**
   * A run whose executor was not heard of for so long is taken over; 15 s if not given. One whose executor's process is
   * seen to be gone, on this machine, is taken over without that.
   */
  readonly leaseMs?: number;
  /** A policy that goes beyond them fails its run; DEFAULT_POLICY_LIMITS where not given. */
  readonly policyLimits?: Partial<PolicyLimits>;
  /** Memory that all runs that have a worker may need together, in bytes; not limited if not given. */
  readonly runMemoryBytes?: number | undefined;
  readonly settings?: Partial<ExecutionSettings>;
  /** How the process is shown among those that execute runs; not at all if not given. */
  readonly shownAs?: { readonly kind: WorkerKind; readonly version: string } | undefined;
  /** Called when a run is taken up, and when its worker has let go of it. */
  readonly onRun?: ((what: RunStep, id: string) => void) | undefined;
  /** Called with what no caller waits for: lost leases, dead workers, Postgres being away. */
  readonly onNotice?: (notice: ExecutorNotice) => void;
};

/** What becomes of a run in an executor. */
export type RunStep = "begun" | "continued" | RunStatus | Exclude<ThreadOutcome["kind"], "finished">;

export type ExecutorNotice = { readonly what: string; readonly run: number | null; readonly error?: unknown };

/** Looks for work at least so often, in case a signal was lost. */
const POLL_MS = 1_000;
/** Paused and waiting runs that may keep a worker besides those that compute. */
const IDLE_WORKERS = 8;
const STOP_GRACE_MS = 10_000;
/** The queue is held to the runs so often: what that finds is rare. */
const MEND_MS = 60_000;

/** Takes runs from the queue and works on them, beside any number of executors of other processes. */
export class Executor {
  /** Written into the leases. */
  readonly id = nameLeaseOwner();
  readonly #pool: Pool;
  readonly #queue: RunQueue;
  readonly #workers: WorkerPool;
  readonly #signals: RunSignals;
  readonly #computing: number;
  readonly #policyNames: readonly string[] | undefined;
  readonly #onlyRuns: ReadonlySet<number> | undefined;
  readonly #memory: MemoryBudget;
  readonly #claimant: Claimant;
  readonly #leaseMs: number;
  readonly #notice: (notice: ExecutorNotice) => void;
  readonly #onRun: (what: RunStep, id: string) => void;
  readonly #jobs = new Map<number, RunningJob>();
  /** Of the jobs: done when what follows from their end is stored as well. */
  readonly #settled = new Map<number, Promise<void>>();
  readonly #wakeUp = new WakeUp();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #registration: WorkerRegistration | undefined;
  #isBeating = false;
  #mendedAtMs = Number.NEGATIVE_INFINITY;
  #isStopping = false;
  #stopped: Promise<void> | undefined;
  readonly #looking: Promise<void>;

  constructor(options: ExecutorOptions) {
    const { connectionString, isolatedPolicies = [] } = options;
    const policyLimits = { ...DEFAULT_POLICY_LIMITS, ...options.policyLimits };
    const settings = { ...DEFAULT_SETTINGS, ...options.settings };
    this.#pool = createPool(connectionString, { max: 4 });
    this.#queue = new RunQueue(this.#pool);
    this.#queue.warmUp();
    this.#workers = new WorkerPool({ connectionString, isolatedPolicies, policyLimits, settings });
    this.#workers.warmUp();
    this.#signals = new RunSignals(connectionString);
    this.#computing = options.workers ?? Math.max(1, availableParallelism() - 1);
    this.#policyNames = options.policyNames;
    this.#onlyRuns = options.onlyRuns;
    this.#memory = new MemoryBudget(options.runMemoryBytes);
    this.#leaseMs = options.leaseMs ?? 15_000;
    this.#claimant = { owner: this.id, leaseMs: this.#leaseMs };
    this.#notice = options.onNotice ?? (() => undefined);
    this.#onRun = options.onRun ?? (() => undefined);
    if (options.shownAs !== undefined) {
      this.#registration = new WorkerRegistration(this.#pool, { id: this.id, concurrency: this.#computing, ...options.shownAs });
    }
    this.#signals.listen((signal) => this.#hear(signal));
    this.#heartbeat = setInterval(() => void this.#beat(), Math.min(1_000, this.#leaseMs / 4));
    this.#looking = this.#look();
  }

  /** Runs that have a worker now. */
  get activeRuns(): readonly number[] {
    return [...this.#jobs.keys()];
  }

  /** There may be a run to take up. */
  lookAgain(): void {
    this.#wakeUp.ring();
  }

  /** Saves every run and gives it back. May be called more than once. */
  async stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    await this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#isStopping = true;
    this.#wakeUp.ring();
    for (const job of this.#jobs.values()) job.interrupt("release");
    await this.#looking;
    const jobs = [...this.#jobs.values()];
    for (const job of jobs) job.interrupt("release");
    const grace = setTimeout(() => jobs.forEach((job) => job.abandon()), STOP_GRACE_MS);
    await Promise.all(this.#settled.values());
    clearTimeout(grace);
    clearInterval(this.#heartbeat);
    await this.#registration?.leave();
    await this.#signals.close();
    await Promise.all([this.#workers.close(), this.#queue.close()]);
    await this.#pool.end();
  }

  async #look(): Promise<void> {
    while (!this.#isStopping) {
      try {
        await this.#fill();
      } catch (error) {
        this.#notice({ what: "the queue cannot be read", run: null, error });
      }
      await this.#wakeUp.sleep(Math.min(POLL_MS, this.#leaseMs));
    }
  }

  async #takeBackAbandoned(): Promise<void> {
    const goneOwners = (await leaseOwners(this.#pool)).filter((owner) => isOwnerGone(owner));
    for (const run of await abandonedRuns(this.#pool, goneOwners)) {
      if (!this.#jobs.has(run.run)) await takeBack(this.#pool, this.#queue, run, goneOwners);
    }
    if (performance.now() - this.#mendedAtMs < MEND_MS) return;
    this.#mendedAtMs = performance.now();
    await mendQueue(this.#pool, this.#queue);
  }

  /** Begins as many runs as there is room for. */
  async #fill(): Promise<void> {
    await this.#takeBackAbandoned();
    while (!this.#isStopping) {
      const jobs = [...this.#jobs.values()];
      const idle = jobs.filter((job) => job.isIdle);
      if (jobs.length - idle.length >= this.#computing) return;
      const isFull = idle.length >= IDLE_WORKERS;
      const claim = isFull ? undefined : await claimRun(this.#pool, this.#queue, this.#claimant, this.#takeable());
      if (claim === undefined) {
        // A worker or memory may be all that a run waits for.
        if (idle.length > 0 && (await isRunDue(this.#pool, this.#takeable()))) idle[0]?.interrupt("park");
        return await this.#memory.reportTooLarge(this.#pool, (what, run) => this.#notice({ what, run }));
      }
      this.#begin(claim);
    }
  }

  #takeable(): Takeable {
    const only = this.#onlyRuns === undefined ? undefined : [...this.#onlyRuns];
    const freeBytes = this.#memory.left([...this.#jobs.values()].map(({ claim }) => claim.memoryBytes));
    return { except: this.activeRuns, only, policies: this.#policyNames, memoryBytes: this.#memory.limitBytes, freeBytes };
  }

  #begin(claim: Claim): void {
    const job = new RunningJob(
      claim,
      this.#workers.take(),
      () => this.#wakeUp.ring(),
      (what) => this.#notice({ what, run: claim.run }),
    );
    this.#jobs.set(claim.run, job);
    this.#onRun(claim.lease.epoch === 1 ? "begun" : "continued", claim.job);
    this.#settled.set(claim.run, this.#settle(job));
  }

  async #settle(job: RunningJob): Promise<void> {
    const { claim } = job;
    const outcome = await job.ended;
    const isOrderly = outcome.kind === "finished" || outcome.kind === "parked" || outcome.kind === "released";
    if (!isOrderly) this.#notice({ what: departure(outcome), run: claim.run, error: reasonOf(outcome) });
    try {
      await concludeRun(this.#pool, this.#queue, claim, outcome);
    } catch (error) {
      this.#notice({
        what: `the end of a run (${outcome.kind}) cannot be stored; its lease will expire`,
        run: claim.run,
        error,
      });
    }
    this.#jobs.delete(claim.run);
    this.#onRun(outcome.kind === "finished" ? outcome.status : outcome.kind, claim.job);
    this.#settled.delete(claim.run);
    this.#workers.giveBack(job.thread);
    this.#wakeUp.ring();
  }

  /** Renews the leases; a run whose lease is lost is given up immediately. */
  async #beat(): Promise<void> {
    if (this.#isBeating || this.#jobs.size === 0) return;
    this.#isBeating = true;
    const jobs = [...this.#jobs.values()];
    try {
      const held = await renewLeases(this.#pool, this.id, jobs, this.#leaseMs);
      for (const job of jobs) job.onLeaseRenewed(held.has(job.claim.run));
    } catch (error) {
      this.#notice({ what: "the leases cannot be renewed", run: null, error });
    } finally {
      this.#isBeating = false;
    }
  }

  #hear({ what, run }: HeardSignal): void {
    if (what === "head" || what === "changed") return;
    for (const job of this.#jobs.values()) if (what === "all" || job.claim.run === run) job.announceCommands();
    this.#wakeUp.ring();
  }
}

function departure({ kind }: ThreadOutcome): string {
  if (kind === "unstored") return "a run cannot be stored now; it is given back, and taken up again later";
  return `a run left its worker: ${kind}`;
}

function reasonOf(outcome: ThreadOutcome): Error | undefined {
  if (outcome.kind === "failed") return new BallastError(outcome.error.code, outcome.error.message);
  return "message" in outcome ? new Error(outcome.message) : undefined;
}
