import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "@ballast/processes";
import type { Postmaster } from "./postmaster-file.ts";

/** What a server's owner is told of its end and its return. `error`: it could not be started again, for this reason. */
export type PostgresNotice = { readonly what: string; readonly error?: unknown };

export type KeeperOptions = {
  readonly postmaster: Postmaster;
  /** Finds the one that another process has started meanwhile, or starts it. */
  readonly startAgain: () => Promise<Postmaster>;
  readonly onNotice: (notice: PostgresNotice) => void;
};

const POLL_MS = 100;
/** Before each try in a row; the last one before every further try. */
const WAITS_MS = [0, 100, 300, 1_000, 3_000, 10_000, 30_000, 60_000] as const;
/** A server that ends again sooner is waited for as after failed tries, but for no longer than 1 s: it could be started. */
const STABLE_MS = 1_000;
const MAX_FAILURES_OF_STARTED = 3;
/** From this failed try on each one is told: the first ones may pass by themselves. */
const TOLD_FROM = 3;

/** Watches a running server, and starts it again when it has ended although this process did not stop it. */
export class PostgresKeeper {
  readonly #options: KeeperOptions;
  readonly #stopping = new AbortController();
  readonly #watching: Promise<void>;
  #postmaster: Postmaster;
  #startedMs = performance.now();
  #failures = 0;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#postmaster = options.postmaster;
    this.#watching = this.#watch();
  }

  get postmaster(): Postmaster {
    return this.#postmaster;
  }

  /** Ends the watch; a start that is under way is waited for. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    while (await this.#pause(POLL_MS)) {
      if (isAlive(this.#postmaster.pid)) continue;
      const isStable = performance.now() - this.#startedMs > STABLE_MS;
      this.#failures = isStable ? 0 : Math.min(this.#failures, MAX_FAILURES_OF_STARTED);
      await this.#untilItRuns();
    }
  }

  async #untilItRuns(): Promise<void> {
    const [ended, endedMs] = [this.#postmaster.pid, performance.now()];
    while (await this.#pause(waitMs(this.#failures))) {
      this.#failures += 1;
      try {
        this.#postmaster = await this.#options.startAgain();
        this.#startedMs = performance.now();
        const took = Math.round(this.#startedMs - endedMs);
        const { pid } = this.#postmaster;
        this.#options.onNotice({ what: `Postgres (process ${ended}) had ended; it runs again as process ${pid} after ${took} ms` });
        return;
      } catch (error) {
        if (this.#failures >= TOLD_FROM) this.#options.onNotice({ what: this.#failureText(), error });
      }
    }
  }

  #failureText(): string {
    const seconds = waitMs(this.#failures) / 1000;
    return `Postgres has ended and could not be started again in ${this.#failures} tries; the next one is in ${seconds} s`;
  }

  /** False: the watch is over. Keeps no process alive. */
  async #pause(ms: number): Promise<boolean> {
    try {
      await sleep(ms, undefined, { signal: this.#stopping.signal, ref: false });
      return true;
    } catch {
      return false;
    }
  }
}

function waitMs(failures: number): number {
  return WAITS_MS[Math.min(failures, WAITS_MS.length - 1)] ?? 0;
}
