import { BallastError } from "@ballast/core/errors";
import type { PageActivity } from "@ballast/core/kernel";
import type { WorkerSetup } from "../executor/messages.ts";
import { RunWorkerThread } from "../executor/run-worker-thread.ts";

/** A question is answered within so long, or its asker told how far the execution is; who asks again then finds it further on. */
const PATIENCE_MS = 4_000;
/** So long the execution goes on for who was told so. */
const GRACE_MS = 5_000;
/** A thread that waited so long for its next question is ended, and its memory free. */
const SPARE_MS = 120_000;
/** Moments that are waited for at the same time. */
const MAX_JOBS = 16;

type Job = {
  readonly key: string;
  readonly run: number;
  readonly position: number;
  readonly outcome: PromiseWithResolvers<PageActivity>;
  askers: number;
  /** Position that was reached; undefined before its turn. */
  reached: number | undefined;
  ending: NodeJS.Timeout | undefined;
};

/** Asks a thread of its own about the pages of runs, which it executes again: one moment at a time. */
export class ActivityRunner {
  readonly #setup: Omit<WorkerSetup, "guard">;
  readonly #patienceMs: number;
  readonly #jobs = new Map<string, Job>();
  readonly #waiting: Job[] = [];
  #running: Job | undefined;
  #thread: RunWorkerThread | undefined;
  #spare: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(setup: Omit<WorkerSetup, "guard">, patienceMs = PATIENCE_MS) {
    this.#setup = setup;
    this.#patienceMs = patienceMs;
  }

  /**
   * Whoever asks for the same moment shares the work. It ends when nobody waits for it any more.
   * @throws BallastError TIMED_OUT with how far it is: ask again; SERVER_BUSY; RUN_DIVERGED, HISTORY_DAMAGED, POLICY_*; the signal's reason.
   */
  async activityAt(run: number, position: number, signal: AbortSignal): Promise<PageActivity> {
    signal.throwIfAborted();
    const job = this.#jobs.get(`${run}/${position}`) ?? this.#enqueue(run, position);
    job.askers++;
    clearTimeout(job.ending);
    try {
      return await this.#awaited(job, signal);
    } finally {
      job.askers--;
      if (job.askers === 0) this.#leave(job, signal.aborted ? 0 : GRACE_MS);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#spare);
    for (const job of this.#jobs.values()) clearTimeout(job.ending);
    await this.#thread?.terminate();
  }

  #enqueue(run: number, position: number): Job {
    if (this.#jobs.size >= MAX_JOBS) {
      throw new BallastError("SERVER_BUSY", `${this.#jobs.size} moments of runs are waiting to be executed again: ask later`);
    }
    const key = `${run}/${position}`;
    const outcome = Promise.withResolvers<PageActivity>();
    // Its askers may all have gone.
    outcome.promise.catch(() => undefined);
    const job: Job = { key, run, position, outcome, askers: 0, reached: undefined, ending: undefined };
    this.#jobs.set(key, job);
    this.#waiting.push(job);
    void this.#work();
    return job;
  }

  async #awaited(job: Job, signal: AbortSignal): Promise<PageActivity> {
    const left = Promise.withResolvers<never>();
    const onAbort = (): void => left.reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
    const patience = setTimeout(() => left.reject(notYet(job)), this.#patienceMs);
    try {
      return await Promise.race([job.outcome.promise, left.promise]);
    } finally {
      clearTimeout(patience);
      signal.removeEventListener("abort", onAbort);
    }
  }

  #leave(job: Job, graceMs: number): void {
    if (this.#jobs.get(job.key) !== job) return;
    job.ending = setTimeout(() => this.#end(job), graceMs).unref();
  }

  #end(job: Job): void {
    this.#jobs.delete(job.key);
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    else if (this.#running === job) this.#thread?.tell({ kind: "cancel" });
  }

  async #work(): Promise<void> {
    if (this.#running !== undefined) return;
    clearTimeout(this.#spare);
    for (let job = this.#waiting.shift(); job !== undefined; job = this.#waiting.shift()) {
      this.#running = job;
      await this.#execute(job);
      if (this.#jobs.get(job.key) === job) this.#jobs.delete(job.key);
      clearTimeout(job.ending);
    }
    this.#running = undefined;
    if (!this.#isClosed) this.#spare = setTimeout(() => void this.#thread?.terminate(), SPARE_MS).unref();
  }

  async #execute(job: Job): Promise<void> {
    if (this.#thread?.isUsable !== true) this.#thread = new RunWorkerThread(this.#setup);
    job.reached = 0;
    try {
      job.outcome.resolve(await this.#thread.activity(job.run, job.position, (position) => (job.reached = position)));
    } catch (error) {
      job.outcome.reject(error);
    }
  }
}

function notYet({ position, reached }: Job): BallastError {
  const how = reached === undefined ? "it waits for others" : `it has reached ${reached} so far`;
  return new BallastError(
    "TIMED_OUT",
    `The run is being executed again up to position ${position}: ${how}. Ask again: the work goes on meanwhile.`,
  );
}
