import { TwoClassQueue } from "./two-class-queue.ts";

/** Readers' work in one turn of the event loop: between two of them the loop serves everybody else. */
const BUDGET_MS = 8;
/** Turns that one turn of the event loop prepares, so that a round of very short ones costs no more than their work. */
const MAX_TURNS_PER_ROUND = 64;

type Waiting = { readonly begin: () => void };

/**
 * The event loop's time for readers of histories. A reader asks for a turn before each message, makes the message, and
 * asks again: whatever it does synchronously (with all that follows as microtasks, which Node carries out between two
 * immediates) is measured, and when the budget is spent the rest waits for the next turn of the event loop. A single
 * turn is as long as one message takes; nothing else makes the loop wait.
 */
export class TurnQueue {
  readonly #waiting = new TwoClassQueue<Waiting>();
  readonly #nowMs: () => number;
  #isScheduled = false;
  #roundBegunMs: number | undefined;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Readers that wait for a turn now. */
  get length(): number {
    return this.#waiting.size;
  }

  /**
   * Comes back when it is the caller's turn. `isUrgent`: the caller is at the end of its history, and takes every other
   * turn from those who are catching up. @throws the signal's reason when it aborts.
   */
  take(isUrgent: boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const giveUp = (): void => {
        this.#waiting.delete(waiting);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        begin: () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.add(waiting, isUrgent);
      this.#schedule();
    });
  }

  /** Immediates that are set while immediates run belong to the next turn of the event loop. */
  #schedule(): void {
    if (this.#isScheduled || this.#waiting.size === 0) return;
    this.#isScheduled = true;
    this.#roundBegunMs = undefined;
    for (let turns = Math.min(this.#waiting.size, MAX_TURNS_PER_ROUND); turns > 0; turns--) setImmediate(() => this.#serve());
    setImmediate(() => {
      this.#isScheduled = false;
      this.#schedule();
    });
  }

  #serve(): void {
    const nowMs = this.#nowMs();
    this.#roundBegunMs ??= nowMs;
    if (nowMs - this.#roundBegunMs < BUDGET_MS) this.#waiting.take()?.begin();
  }
}
