import type { Pool } from "pg";
import type { RunProgress } from "../run-service.ts";
import type { RunSignals } from "../signals/run-signals.ts";
import { WakeUp } from "../signals/wake-up.ts";
import { readRun } from "../store/run-rows.ts";

/** Signals are hints: at the latest after so long the run is looked at. */
const POLL_MS = 1_000;

/** One run that somebody waits for: read once per change, however many wait. */
export class WatchedRun {
  readonly #pool: Pool;
  readonly #id: string;
  readonly #sleepers = new Set<WakeUp>();
  readonly #stopListening: () => void;
  readonly #poll: NodeJS.Timeout;
  #logId = 0;
  #progress: RunProgress | undefined;
  #reading: Promise<RunProgress> | undefined;

  constructor(pool: Pool, signals: RunSignals, id: string) {
    this.#pool = pool;
    this.#id = id;
    this.#stopListening = signals.listen(({ what, run }) => {
      if (what === "all" || run === this.#logId || this.#logId === 0) this.#expire();
    });
    this.#poll = setInterval(() => this.#expire(), POLL_MS);
    this.#poll.unref();
  }

  close(): void {
    this.#stopListening();
    clearInterval(this.#poll);
  }

  /** @throws BallastError RUN_NOT_FOUND; the signal's reason when it aborts. */
  async waitFor(isReached: (progress: RunProgress) => boolean, signal: AbortSignal): Promise<RunProgress> {
    const sleeper = new WakeUp();
    this.#sleepers.add(sleeper);
    try {
      for (;;) {
        signal.throwIfAborted();
        const progress = await this.#current();
        if (isReached(progress)) return progress;
        await sleeper.sleep(POLL_MS, signal);
      }
    } finally {
      this.#sleepers.delete(sleeper);
    }
  }

  #expire(): void {
    this.#progress = undefined;
    for (const sleeper of this.#sleepers) sleeper.ring();
  }

  async #current(): Promise<RunProgress> {
    if (this.#progress !== undefined) return this.#progress;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return await this.#reading;
  }

  async #read(): Promise<RunProgress> {
    const run = await readRun(this.#pool, this.#id);
    this.#logId = run.logId;
    const { status, headPosition, headTimeNs, accesses, error } = run;
    this.#progress = { status, headPosition, headTimeNs, accesses, error };
    return this.#progress;
  }
}
