import { setTimeout as sleep } from "node:timers/promises";
import { createPool, type Pool } from "../../packages/server/src/database/index.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../packages/embedded-postgres/src/index.ts";
import { isAlive } from "../../packages/processes/src/process-identity.ts";
import { withDatabase } from "../../packages/server/src/testing/connection-string.ts";

const POLL_MS = 5;

/** A Postgres that this process has started, and starts again whenever a fault has ended it, as a machine's supervisor would. */
export class Cluster {
  readonly #folder: string;
  #postgres: EmbeddedPostgres;
  #admin: Pool;

  private constructor(folder: string, postgres: EmbeddedPostgres) {
    this.#folder = folder;
    this.#postgres = postgres;
    this.#admin = createPool(postgres.connectionString, { max: 2 });
  }

  /** Without fsync a crash of a process loses nothing, and none of the faults here is one of the machine; but a commit must have been written. */
  static async start(folder: string): Promise<Cluster> {
    const cluster = new Cluster(folder, await startEmbeddedPostgres({ dataFolder: folder, durable: false }));
    await cluster.#admin.query("alter role current_user set synchronous_commit = on");
    return cluster;
  }

  get port(): number {
    return this.#postgres.port;
  }

  get pid(): number {
    return this.#postgres.pid;
  }

  /** Over TCP, at the port of a proxy if one is given. */
  url(database: string, port = this.port): string {
    const url = new URL(withDatabase(this.#postgres.loopbackConnectionString, database));
    url.port = String(port);
    return url.href;
  }

  /**
   * By copies of files, which begin and end with a checkpoint: of a copy through the log, Postgres 18 forgets after a crash what its
   * sequences have given out, up to 32 values.
   */
  async createDatabase(name: string, template?: string): Promise<void> {
    await this.#admin.query(`create database ${name}${template === undefined ? "" : ` template ${template} strategy file_copy`}`);
  }

  async dropDatabase(name: string): Promise<void> {
    await this.#admin.query(`drop database if exists ${name} with (force)`);
    await this.#admin.query("checkpoint");
  }

  async kill(): Promise<void> {
    process.kill(this.#postgres.pid, "SIGKILL");
    while (isAlive(this.#postgres.pid)) await sleep(POLL_MS);
  }

  /** Starts Postgres again if it is not running; it recovers what was committed. */
  async revive(): Promise<void> {
    if (isAlive(this.#postgres.pid)) return;
    const ended = this.#postgres;
    this.#postgres = await startEmbeddedPostgres({ dataFolder: this.#folder, durable: false });
    await ended.stop();
  }

  async stop(): Promise<void> {
    await this.#admin.end();
    await this.#postgres.stop();
  }
}
