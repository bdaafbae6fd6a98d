import type { WorkerSetup } from "./messages.ts";
import { RunWorkerThread } from "./run-worker-thread.ts";

/** Threads that wait for the next run: starting one takes longer than many a run does. */
const SPARE = 2;

export class WorkerPool {
  readonly #setup: Omit<WorkerSetup, "guard">;
  readonly #spare: RunWorkerThread[] = [];

  constructor(setup: Omit<WorkerSetup, "guard">) {
    this.#setup = setup;
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
    if (thread.isUsable && this.#spare.length < SPARE) this.#spare.push(thread);
    else void thread.terminate();
  }

  async close(): Promise<void> {
    await Promise.all(this.#spare.splice(0).map((thread) => thread.terminate()));
  }
}
