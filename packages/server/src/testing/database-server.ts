import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres, stopAbandonedPostgres } from "@ballast/embedded-postgres";

/** A Postgres that a test run may fill with databases of its own. */
export type DatabaseServer = {
  /** Of a database in which nothing is changed; its user may create others. */
  readonly connectionString: string;
  stop(): Promise<void>;
};

const CONTAINER_IMAGE = "postgres:18";
const FOLDER_PREFIX = "ballast-test-";
/** A younger folder may be one whose Postgres is only about to be started. */
const ABANDONED_AFTER_MS = 60_000;

/** DATABASE_URL if given, else a container where a Docker engine answers, else the embedded Postgres. */
export async function startDatabaseServer(): Promise<DatabaseServer> {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined && given !== "") return { connectionString: given, stop: () => Promise.resolve() };
  return (await startContainer()) ?? (await startTestCluster());
}

/** A non-durable embedded Postgres in a temporary folder, which is removed when it is stopped. */
export async function startTestCluster(): Promise<DatabaseServer> {
  await removeAbandonedClusters();
  const dataFolder = createClusterFolder();
  const postgres = await startEmbeddedPostgres({ dataFolder, durable: false, temporary: true });
  return {
    connectionString: postgres.connectionString,
    stop: async () => {
      await postgres.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

export function createClusterFolder(): string {
  return mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
}

async function startContainer(): Promise<DatabaseServer | undefined> {
  if (!mayHaveDocker()) return undefined;
  const { getContainerRuntimeClient } = await import("testcontainers");
  const { PostgreSqlContainer } = await import("@testcontainers/postgresql");
  try {
    await getContainerRuntimeClient();
  } catch {
    return undefined;
  }
  try {
    const container = await new PostgreSqlContainer(CONTAINER_IMAGE)
      .withCommand(["postgres", "-c", "fsync=off", "-c", "max_connections=200"])
      .start();
    return {
      connectionString: container.getConnectionUri(),
      stop: async () => {
        await container.stop();
      },
    };
  } catch (error) {
    const reason = (error as Error).message.trim();
    console.warn(`Docker answers, but cannot start ${CONTAINER_IMAGE} (${reason}); using the embedded Postgres`);
    return undefined;
  }
}

/** Asking Docker properly takes a second; most machines without it are told apart by a look at the usual places. */
function mayHaveDocker(): boolean {
  const sockets = [
    "/var/run/docker.sock",
    join(homedir(), ".docker", "run", "docker.sock"),
    join(process.env["XDG_RUNTIME_DIR"] ?? "/run", "docker.sock"),
  ];
  return process.env["DOCKER_HOST"] !== undefined || sockets.some((socket) => existsSync(socket));
}

/** Test runs that were killed leave their Postgres running and its folder behind. */
async function removeAbandonedClusters(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(FOLDER_PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const stats = statSync(folder, { throwIfNoEntry: false });
    const isOurs = stats !== undefined && stats.uid === process.getuid?.();
    if (!isOurs || Date.now() - stats.mtimeMs < ABANDONED_AFTER_MS) continue;
    if (await stopAbandonedPostgres(folder)) rmSync(folder, { recursive: true, force: true });
  }
}
