import type { Db, PgBoss } from "pg-boss";
import type { Pool, PoolClient } from "pg";
import type { RunError } from "../run.ts";
import { announce } from "../signals/channel.ts";
import { FAILED_QUEUE, QUEUE_SCHEMA, RUNS_QUEUE } from "../../database/queue-schema.ts";

/** A run's job in the queue: its id is the run's. */
export type RunJob = { readonly id: string; readonly run: number };

export type JobTiming = {
  /** Before all that are not: a command waits for the run. */
  readonly isUrgent?: boolean;
  /** At the earliest after this. */
  readonly delayMs?: number;
};

/** Priorities are of 32 bits. */
const PRIORITIES = 2 ** 30;

/** The older of two runs comes first; an urgent one before all others. No two jobs have the same, so that it names the job. */
export function priorityOf(run: number, isUrgent: boolean): number {
  return (isUrgent ? PRIORITIES : 0) - (run % PRIORITIES);
}

/**
 * The queue of runs: pg-boss, which is loaded at the first use. Each run that needs an executor has one job in it; every call takes
 * the caller's client, so that the job and what it is for change in one transaction. Within one, the row in `runs` is locked first.
 */
export class RunQueue {
  readonly #pool: Pool;
  #engine: Promise<PgBoss> | undefined;
  #isClosed = false;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Loads what the first use would wait for. */
  warmUp(): void {
    this.#open().catch(() => undefined);
  }

  /** Tells the executors as well. A run that has a job keeps it; it becomes urgent if it is to be. */
  async add(client: PoolClient, { id, run }: RunJob, { isUrgent = false, delayMs = 0 }: JobTiming = {}): Promise<void> {
    const engine = await this.#open();
    const priority = priorityOf(run, isUrgent);
    const options = { id, priority, db: on(client), ...(delayMs > 0 ? { startAfter: delayMs / 1_000 } : {}) };
    const added = await engine.send(RUNS_QUEUE, { run }, options);
    if (added === null && isUrgent) await engine.update(RUNS_QUEUE, undefined, { id, priority, db: on(client) });
    await client.query(`select ${announce("queued", "$1::bigint")}`, [run]);
  }

  /** Takes a queued job. Returns how often it was taken before without being given back; undefined if it is not queued. */
  async take(client: PoolClient, priority: number): Promise<number | undefined> {
    const engine = await this.#open();
    const [job] = await engine.fetch(RUNS_QUEUE, { minPriority: priority, maxPriority: priority, db: on(client) });
    return (job as { retryCount?: number } | undefined)?.retryCount;
  }

  /** The run needs no executor any more. */
  async remove(client: Pool | PoolClient, id: string): Promise<void> {
    await (await this.#open()).deleteJob(RUNS_QUEUE, id, { db: on(client) });
  }

  /** The attempt has failed: pg-boss has another follow after a while, a longer one each time. */
  async retryLater(client: PoolClient, id: string, reason: RunError): Promise<void> {
    await (await this.#open()).fail(RUNS_QUEUE, id, reason, { db: on(client) });
  }

  /** No other attempt follows before `takeOutFailed`. */
  async putToFailed(client: PoolClient, { id, run }: RunJob, reason: RunError): Promise<void> {
    await this.remove(client, id);
    await (await this.#open()).send(FAILED_QUEUE, { run, ...reason }, { id, db: on(client) });
  }

  /** False: the run is not among those that can be tried again. */
  async takeOutFailed(client: Pool | PoolClient, id: string): Promise<boolean> {
    const engine = await this.#open();
    const found = await engine.findJobs(FAILED_QUEUE, { id, db: on(client) });
    if (found.length > 0) await engine.deleteJob(FAILED_QUEUE, id, { db: on(client) });
    return found.length > 0;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const engine = await this.#engine?.catch(() => undefined);
    await engine?.stop({ graceful: false, close: false });
  }

  async #open(): Promise<PgBoss> {
    if (this.#isClosed) throw new Error("the queue of runs is closed");
    this.#engine ??= this.#start();
    try {
      return await this.#engine;
    } catch (error) {
      this.#engine = undefined;
      throw error;
    }
  }

  /** Nothing runs beside the calls: no polling, no maintenance, no registry of instances. Jobs that are done are deleted. */
  async #start(): Promise<PgBoss> {
    const { PgBoss } = await import("pg-boss");
    const idle = { supervise: false, schedule: false, migrate: false, createSchema: false, registerInstance: false };
    const engine = new PgBoss({ db: on(this.#pool), schema: QUEUE_SCHEMA, ...idle });
    engine.on("error", () => undefined);
    return await engine.start();
  }
}

function on(client: Pool | PoolClient): Db {
  return { executeSql: async (text, values = []) => await client.query(text, values) };
}
