import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@ballast/embedded-postgres";
import { isAlive } from "@ballast/processes";
import { createClusterFolder } from "./database-server.ts";

/** A Postgres that one test has for itself, to stop and to kill. It has an empty database without migrations. */
export type PrivateCluster = {
  /** The same before and after a kill, as for a server whose Postgres comes back. */
  readonly connectionString: string;
  /** Over TCP, for what concerns hosts, passwords and TLS. */
  readonly port: number;
  /** Holds its configuration; its files belong to the account that Postgres runs under. */
  readonly dataFolder: string;
  /** SIGKILL to the postmaster: what a crash of Postgres looks like to its clients. */
  kill(): Promise<void>;
  /** Starts Postgres again after `kill`; it recovers what was committed. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
};

const POLL_MS = 5;

export async function startPrivateCluster(): Promise<PrivateCluster> {
  const dataFolder = createClusterFolder();
  const begin = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataFolder, temporary: true });
  let postgres = await begin();
  return {
    connectionString: postgres.connectionString,
    port: postgres.port,
    dataFolder: join(dataFolder, "data"),
    kill: async () => {
      process.kill(postgres.pid, "SIGKILL");
      while (isAlive(postgres.pid)) await sleep(POLL_MS);
    },
    start: async () => {
      const killed = postgres;
      postgres = await begin();
      await killed.stop();
    },
    remove: async () => {
      await postgres.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
