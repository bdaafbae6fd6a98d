import { hostname } from "node:os";
import type { Pool } from "pg";
import { isOwnerGone } from "../store/lease-owner.ts";
import { hideWorker, listWorkerIds, SEEN_EVERY_MS, showWorker, type Worker } from "../store/workers.ts";

/** The entry of an executor in the table of workers, from its start to its end. */
export class WorkerRegistration {
  readonly #pool: Pool;
  readonly #worker: Worker;
  readonly #timer: NodeJS.Timeout;
  #showing: Promise<void>;

  constructor(pool: Pool, worker: Omit<Worker, "host" | "pid">) {
    this.#pool = pool;
    this.#worker = { ...worker, host: hostname(), pid: process.pid };
    this.#showing = this.#show();
    this.#timer = setInterval(() => {
      this.#showing = this.#show();
    }, SEEN_EVERY_MS);
  }

  /** Once it is taken out. A Postgres that is away leaves it to the others. */
  async leave(): Promise<void> {
    clearInterval(this.#timer);
    await this.#showing;
    await hideWorker(this.#pool, this.#worker.id).catch(() => undefined);
  }

  /** What keeps it from being stored keeps runs from being claimed as well, which is reported there. */
  async #show(): Promise<void> {
    try {
      const gone = (await listWorkerIds(this.#pool)).filter((id) => isOwnerGone(id));
      await showWorker(this.#pool, this.#worker, gone);
    } catch {
      // The next one may succeed.
    }
  }
}
