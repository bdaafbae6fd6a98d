import type { Pool } from "pg";
import { HEADS_CHANNEL } from "./append-commit.ts";

/** Commits of one run announce themselves at most this often. */
export const NOTIFY_INTERVAL_MS = 20;

/**
 * Decides which appends of one run carry a notification, because one on every tiny commit would halve the rate.
 * An append that was kept quiet is announced by itself when the interval is over, unless a later one did.
 */
export class HeadNotifier {
  private readonly pool: Pool;
  private readonly run: number;
  private readonly now: () => number;
  private lastMs = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private quietPosition = 0;

  constructor(pool: Pool, run: number, now: () => number = () => performance.now()) {
    this.pool = pool;
    this.run = run;
    this.now = now;
  }

  /** Whether the append that is about to be sent shall notify. */
  shouldNotify(lastPosition: number): boolean {
    const now = this.now();
    const waitMs = this.lastMs + NOTIFY_INTERVAL_MS - now;
    if (waitMs <= 0) {
      this.lastMs = now;
      this.stop();
      return true;
    }
    this.quietPosition = lastPosition;
    this.timer ??= setTimeout(() => this.announce(), waitMs).unref();
    return false;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private announce(): void {
    this.timer = undefined;
    this.lastMs = this.now();
    // A hint that is lost costs a listener one slow poll.
    this.pool.query("select pg_notify($1, $2)", [HEADS_CHANNEL, `${this.run}:${this.quietPosition}`]).catch(() => undefined);
  }
}
