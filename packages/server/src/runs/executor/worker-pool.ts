import type { WorkerSetup } from "./messages.ts";
import { RunWorkerThread } from "./run-worker-thread.ts";

/** Threads that wait for the next run: starting one takes longer than many a run does. */
const SPARE = 2;

export type WorkerPoolOptions = {
  /** A thread that waited so long for its next run is ended; none is if not given. */
  readonly spareMs?: number;
};

export class WorkerPool {
  readonly #setup: Omit<WorkerSetup, "guard">;
  readonly #spareMs: number | undefined;
  readonly #spare: RunWorkerThread[] = [];
  #ending: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(setup: Omit<WorkerSetup, "guard">, { spareMs }: WorkerPoolOptions = {}) {
    this.#setup = setup;
    this.#spareMs = spareMs;
  }

  /** Has a thread ready for the first run. */
  warmUp(): void {
    if (this.#spare.length === 0) this.#spare.push(new RunWorkerThread(this.#setup));
  }

  take(): RunWorkerThread {
    for (let thread = this.#spare.pop(); thread !== undefined; thread = this.#spare.pop()) {
      if (thread.isUsable) return thread;
    }
    return new RunWorkerThread(this.#setup);
  }

  giveBack(thread: RunWorkerThread): void {
    if (!thread.isUsable || this.#isClosed || this.#spare.length >= SPARE) return void thread.terminate();
    this.#spare.push(thread);
    if (this.#spareMs === undefined) return;
    clearTimeout(this.#ending);
    this.#ending = setTimeout(() => void this.#endSpare(), this.#spareMs).unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#ending);
    await this.#endSpare();
  }

  async #endSpare(): Promise<void> {
    await Promise.all(this.#spare.splice(0).map((thread) => thread.terminate()));
  }
}
