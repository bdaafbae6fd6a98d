import type { Pool } from "pg";
import type { RunWatch } from "../run-service.ts";
import { isFinal } from "../run.ts";
import type { RunSignals } from "../signals/run-signals.ts";
import { WatchedRun } from "./watched-run.ts";

/** The runs that are being waited for in this process. */
export class RunWatches {
  readonly #pool: Pool;
  readonly #signals: RunSignals;
  readonly #watched = new Map<string, { readonly run: WatchedRun; waiting: number }>();

  constructor(pool: Pool, signals: RunSignals) {
    this.#pool = pool;
    this.#signals = signals;
  }

  watch(id: string): RunWatch {
    return {
      wait: async (afterPosition, signal, status) => {
        return await this.#with(id, (run) =>
          run.waitFor((progress) => {
            if (progress.headPosition > afterPosition || isFinal(progress.status)) return true;
            return status !== undefined && progress.status !== status;
          }, signal),
        );
      },
    };
  }

  async #with<Result>(id: string, wait: (run: WatchedRun) => Promise<Result>): Promise<Result> {
    const entry = this.#watched.get(id) ?? { run: new WatchedRun(this.#pool, this.#signals, id), waiting: 0 };
    this.#watched.set(id, entry);
    entry.waiting++;
    try {
      return await wait(entry.run);
    } finally {
      entry.waiting--;
      if (entry.waiting === 0 && this.#watched.get(id) === entry) {
        this.#watched.delete(id);
        entry.run.close();
      }
    }
  }
}
