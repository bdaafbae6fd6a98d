import type { EventBatch } from "@ballast/core/events";
import { BallastError } from "@ballast/core/errors";
import type { Pool } from "../../database/index.ts";
import { commitAt, readHead } from "../../event-store/index.ts";
import { TwoClassQueue } from "./two-class-queue.ts";

/** Commits kept for readers that are near each other, in events: 24 of the largest. One of 65,536 events takes 2.7 MB. */
const REMEMBERED_EVENTS = 24 * 65_536;
/**
 * Commits on their way from Postgres or to the reader that asked for them: readers take no more connections, no more
 * decoding and, where each is at another place, no more memory than this at a time.
 */
const MAX_LOADS = 4;

type Load = { readonly begin: () => void };

export type LeasedBatch = { readonly batch: EventBatch; readonly release: () => void };

/**
 * The logs of runs, read once for all who follow them at the same place. A reader keeps no commit between two messages
 * but asks again, so that any number of slow readers takes no more memory than this cache.
 */
export class SharedLog {
  readonly #pool: Pool;
  /** By log; in each those used last come last. */
  readonly #batches = new Map<number, EventBatch[]>();
  #events = 0;
  readonly #waiting = new TwoClassQueue<Load>();
  #loads = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * The commit that holds a position at or below the run's head. `isUrgent` as in TurnQueue. `release` must be called
   * when the reader begins to use it: until then a commit that had to be read takes one of the few places for them, so
   * that none is read before there is time for it.
   * @throws BallastError RUN_NOT_FOUND; HISTORY_DAMAGED if no commit holds the position; the signal's reason when it aborts.
   */
  async batchAt(
    logId: number,
    position: number,
    { isUrgent, signal }: { readonly isUrgent: boolean; readonly signal: AbortSignal },
  ): Promise<LeasedBatch> {
    const known = this.#find(logId, position);
    if (known !== undefined) return { batch: known, release: () => undefined };
    await this.#untilFree(isUrgent);
    const release = this.#releaseOnce();
    try {
      signal.throwIfAborted();
      // An earlier reader may have fetched the same one.
      const found = this.#find(logId, position);
      if (found !== undefined) release();
      return { batch: found ?? (await this.#load(logId, position)), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  #releaseOnce(): () => void {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#loads--;
      this.#beginNext();
    };
  }

  #find(logId: number, position: number): EventBatch | undefined {
    const batches = this.#batches.get(logId) ?? [];
    const index = batches.findIndex((batch) => batch.firstPosition <= position && position <= batch.lastPosition);
    const [found] = index < 0 ? [] : batches.splice(index, 1);
    if (found === undefined) return undefined;
    batches.push(found);
    // Also among the logs the one used last comes last.
    this.#batches.delete(logId);
    this.#batches.set(logId, batches);
    return found;
  }

  async #load(logId: number, position: number): Promise<EventBatch> {
    const batch = await commitAt(this.#pool, logId, position);
    if (batch === undefined) throw await this.#missing(logId, position);
    const meanwhile = this.#find(logId, position);
    if (meanwhile !== undefined) return meanwhile;
    this.#batches.set(logId, [...(this.#batches.get(logId) ?? []), batch]);
    this.#events += batch.length;
    this.#forget(batch);
    return batch;
  }

  /** The least recently read log is forgotten first, and of it the least recently used commit. */
  #forget(newest: EventBatch): void {
    for (const [logId, batches] of this.#batches) {
      while (this.#events > REMEMBERED_EVENTS && batches[0] !== undefined && batches[0] !== newest)
        this.#events -= batches.shift()?.length ?? 0;
      if (batches.length === 0) this.#batches.delete(logId);
    }
  }

  async #missing(logId: number, position: number): Promise<BallastError> {
    await readHead(this.#pool, logId);
    return new BallastError(
      "HISTORY_DAMAGED",
      `position ${position} of run ${logId} of the log lies below the head, and no commit holds it: a stored commit is missing. ` +
        "`ballast verify` says which positions are affected.",
    );
  }

  async #untilFree(isUrgent: boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.add({ begin: resolve }, isUrgent);
      this.#beginNext();
    });
  }

  #beginNext(): void {
    if (this.#loads >= MAX_LOADS) return;
    const next = this.#waiting.take();
    if (next === undefined) return;
    this.#loads++;
    next.begin();
  }
}
