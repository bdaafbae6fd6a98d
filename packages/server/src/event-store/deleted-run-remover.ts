import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { removeDeletedRuns } from "./remove-deleted-runs.ts";

/** How long runs that another process has deleted may wait. */
const POLL_MS = 30_000;

/** Removes the history of deleted runs in the background, those of other processes as well. */
export class DeletedRunRemover {
  readonly #pool: Pool;
  readonly #onError: (error: unknown) => void;
  readonly #stopping = new AbortController();
  #pause = new AbortController();
  #isAsked = false;
  #running: Promise<void> | undefined;

  /** `onError`: what kept it from its work, which it tries again. */
  constructor(pool: Pool, onError: (error: unknown) => void) {
    this.#pool = pool;
    this.#onError = onError;
  }

  start(): void {
    this.#running ??= this.#loop();
  }

  /** A run was deleted: do not wait for the next look. */
  lookAgain(): void {
    this.#isAsked = true;
    this.#pause.abort();
  }

  /** Ends after the transaction at hand; what is left is removed after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#pause.abort();
    await this.#running;
  }

  async #loop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#isAsked = false;
      try {
        await removeDeletedRuns(this.#pool, this.#stopping.signal);
      } catch (error) {
        this.#onError(error);
      }
      await this.#wait();
    }
  }

  async #wait(): Promise<void> {
    if (this.#isAsked || this.#stopping.signal.aborted) return;
    this.#pause = new AbortController();
    await sleep(POLL_MS, undefined, { signal: this.#pause.signal, ref: false }).catch(() => undefined);
  }
}
