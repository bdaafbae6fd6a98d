/**
 * Browsers refuse changes of the address beyond a number in a span of time: Safari more than 100 in 30 s, by an exception;
 * Firefox and Chromium more than 200 in 10 s. This is the strictest of them.
 */
const MAX_CHANGES = 100;
const SPAN_MS = 30_000;
/** Changes that may follow each other immediately. */
const BURST = 40;
/** Of the changes that become free again during a span; the rest is for steps, which are written whether there is one free or not. */
const REFILL = 50;
const REFILL_MS = SPAN_MS / REFILL;

export const WRITE_LIMITS = { maxChanges: MAX_CHANGES, spanMs: SPAN_MS, burst: BURST, refillMs: REFILL_MS };

/** How many changes of the address may be written now: a token bucket. Times are of one clock, in ms. */
export class WriteBudget {
  /** Below 0 after more steps than there were changes free. */
  #free = BURST;
  #countedAt = -Infinity;

  /** How long a change has to wait; 0: it may be written now. */
  waitMs(now: number): number {
    this.#refill(now);
    return Math.max(0, (1 - this.#free) * REFILL_MS);
  }

  /** Counts a change that is written. */
  spend(now: number): void {
    this.#refill(now);
    this.#free -= 1;
  }

  #refill(now: number): void {
    this.#free = Math.min(BURST, this.#free + (now - this.#countedAt) / REFILL_MS);
    this.#countedAt = now;
  }
}
