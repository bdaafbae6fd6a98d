import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createPool, type Pool } from "../../packages/server/src/database/index.ts";
import { isAlive } from "../../packages/processes/src/process-identity.ts";
import type { Cluster } from "./cluster.ts";
import type { FaultyProxy } from "./proxy.ts";
import type { ServerProcess } from "./server-process.ts";

/** Postgres as the faults see it, whichever process keeps it running. */
export type SitePostgres = {
  /** Straight to the database, past any proxy; may change when Postgres is started again. */
  url(): string;
  /** Of the postmaster; undefined while there is none. */
  pid(): number | undefined;
  /** Called some time after the postmaster was killed. The server's own is left to the server. */
  revive(): Promise<void>;
};

/** What one round works on. */
export type Site = {
  readonly servers: readonly ServerProcess[];
  readonly postgres: SitePostgres;
  readonly proxy: FaultyProxy | undefined;
  /** Mount point of the file system that holds the data, where it may be filled. */
  readonly smallDisk: string | undefined;
  /** Of each server: read by its preload. */
  readonly clockFiles: readonly string[];
  readonly database: Database;
};

export function ownPostgres(dataFolder: string): SitePostgres {
  const lines = (): string[] => readFileSync(join(dataFolder, "data/postmaster.pid"), "utf8").split("\n");
  return {
    url: () => {
      const { password } = JSON.parse(readFileSync(join(dataFolder, "cluster.json"), "utf8")) as { password: string };
      return `postgresql://ballast:${password}@127.0.0.1:${lines()[3]}/ballast`;
    },
    pid: () => {
      try {
        const pid = Number(lines()[0]);
        return isAlive(pid) ? pid : undefined;
      } catch {
        return undefined;
      }
    },
    revive: () => Promise.resolve(),
  };
}

export function clusterPostgres(cluster: Cluster, database: string): SitePostgres {
  return {
    url: () => cluster.url(database),
    pid: () => (isAlive(cluster.pid) ? cluster.pid : undefined),
    revive: () => cluster.revive(),
  };
}

const RETRY_MS = 50;
const PATIENCE_MS = 90_000;

/** The harness's own view of the stored data. While Postgres is away it asks again, up to a bound. */
export class Database {
  readonly #url: () => string;
  #pool: { readonly url: string; readonly pool: Pool } | undefined;

  constructor(url: () => string) {
    this.#url = url;
  }

  pool(): Pool {
    const url = this.#url();
    if (this.#pool?.url !== url) {
      void this.#pool?.pool.end();
      this.#pool = { url, pool: createPool(url, { max: 3 }) };
    }
    return this.#pool.pool;
  }

  /** Once; undefined if Postgres does not answer. */
  async tryRows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[] | undefined> {
    try {
      return (await this.pool().query<Row>(text, [...values])).rows;
    } catch (error) {
      if (isStatementError(error)) throw error;
      return undefined;
    }
  }

  async rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const rows = await this.tryRows<Row>(text, values);
      if (rows !== undefined) return rows;
      if (performance.now() > deadline) throw new Error(`Postgres did not answer for ${PATIENCE_MS / 1_000} s: ${text}`);
      await sleep(RETRY_MS);
    }
  }

  async close(): Promise<void> {
    await this.#pool?.pool.end();
    this.#pool = undefined;
  }
}

/** Classes 22, 23 and 42 of Postgres' error codes: what was asked is wrong, and asking again would not help. */
function isStatementError(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^(22|23|42)/.test(code);
}

/** Takes what is left of a file system, and gives it back. */
export function fillDisk(folder: string): () => void {
  const file = join(folder, "filler");
  const block = Buffer.alloc(1 << 20);
  try {
    for (;;) writeFileSync(file, block, { flag: "a" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
  return () => rmSync(file, { force: true });
}
