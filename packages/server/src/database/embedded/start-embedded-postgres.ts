import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { accountFor, type Account } from "./account.ts";
import { binariesFor, EMBEDDED_MAJOR_VERSION } from "./binaries.ts";
import {
  checkClusterFolder,
  defaultDataFolder,
  openClusterFolder,
  readClusterState,
  writeClusterState,
  type ClusterFolder,
  type ClusterState,
} from "./cluster-folder.ts";
import { addUser, livingUsers, removeUser } from "./cluster-users.ts";
import { ensureDatabase, loopbackConnectionString, socketConnectionString } from "./database-access.ts";
import { diskFullError } from "./embedded-postgres-error.ts";
import { withFolderLock } from "./folder-lock.ts";
import { freePort } from "./free-port.ts";
import { initialiseCluster, removeInterruptedClusters } from "./initialise-cluster.ts";
import { sendSignal, startPostmaster, StartObstacle, stopPostmaster, untilSettled } from "./postmaster.ts";
import { findPostmaster, type Postmaster } from "./postmaster-file.ts";
import { provideRunFolder, removeRunFolder } from "./run-folder.ts";
import { serverSettings } from "./settings.ts";
import { atExit } from "./stop-at-exit.ts";

export type EmbeddedPostgresOptions = {
  /** `.ballast/postgres` under the project if not given. */
  readonly dataFolder?: string;
  /** False only for tests: commits are then not flushed to the disk. */
  readonly durable?: boolean;
  /** Hears one sentence per step, for people who wait. */
  readonly onProgress?: (message: string) => void;
  /** Below this the start is refused; 128 MiB if not given. */
  readonly leastFreeBytes?: number;
};

export type EmbeddedPostgres = {
  /** Over the private Unix socket, without a password. */
  readonly connectionString: string;
  /** Over loopback TCP with the password, for psql and other programs. */
  readonly loopbackConnectionString: string;
  readonly port: number;
  readonly socketFolder: string;
  readonly pid: number;
  /** Stops the server if nobody else uses it. May be called more than once. */
  stop(): Promise<void>;
};

/** How often, and how long apart, a start that met an obstacle is tried again. */
const START_TRIES = 50;
const RETRY_MS = 100;

/**
 * Starts a real Postgres on a data folder, or joins the one that another living Ballast process runs there. One that
 * was left behind by a killed process is stopped first. Throws DATABASE_START_FAILED or DATABASE_FULL, with what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions = {}): Promise<EmbeddedPostgres> {
  const folder = openClusterFolder(options.dataFolder ?? defaultDataFolder());
  try {
    return await withFolderLock(folder, async () => {
      const postmaster = (await joinRunning(folder, options)) ?? (await startOwn(folder, options));
      return handle(folder, postmaster);
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    throw diskFullError(`The disk of ${folder.root} is full (${(error as Error).message}).`);
  }
}

async function joinRunning(folder: ClusterFolder, options: EmbeddedPostgresOptions): Promise<Postmaster | undefined> {
  const running = await untilSettled(folder);
  if (running === undefined) return undefined;
  const users = livingUsers(folder);
  if (users.length > 0) {
    options.onProgress?.(`Using the Postgres (process ${running.pid}) that process ${users.join(", ")} uses as well`);
    return running;
  }
  options.onProgress?.(`Stopping the Postgres (process ${running.pid}) that a killed Ballast left behind`);
  await stopPostmaster(running.pid);
  return undefined;
}

async function startOwn(folder: ClusterFolder, options: EmbeddedPostgresOptions): Promise<Postmaster> {
  removeInterruptedClusters(folder);
  checkClusterFolder(folder, options.leastFreeBytes);
  const account = accountFor(folder.data);
  const before = readClusterState(folder);
  const runFolder = provideRunFolder(account, before?.runFolder);
  if (runFolder !== before?.runFolder) removeRunFolder(before?.runFolder);
  const password = before?.password ?? randomBytes(24).toString("hex");
  let state: ClusterState = { port: before?.port ?? 0, password, runFolder };
  writeClusterState(folder, state);
  try {
    const postmaster = await startIn(folder, state, account, options);
    state = { ...state, port: postmaster.port };
    writeClusterState(folder, state);
    await ensureDatabase(postmaster, password);
    return postmaster;
  } catch (error) {
    await stopServer(folder);
    throw error;
  }
}

async function startIn(
  folder: ClusterFolder,
  state: ClusterState,
  account: Account | undefined,
  { durable = true, onProgress }: EmbeddedPostgresOptions,
): Promise<Postmaster> {
  const binaries = binariesFor(account, state.runFolder);
  if (!existsSync(folder.data)) {
    onProgress?.(`Making a Postgres ${EMBEDDED_MAJOR_VERSION} cluster in ${folder.root}`);
    await initialiseCluster({ folder, binaries, account, durable });
  }
  onProgress?.(`Starting Postgres ${EMBEDDED_MAJOR_VERSION} on ${folder.root}`);
  let preferredPort = state.port === 0 ? undefined : state.port;
  for (let triesLeft = START_TRIES - 1; ; triesLeft -= 1) {
    try {
      const port = await freePort(preferredPort);
      const settings = serverSettings(durable);
      return await startPostmaster({ folder, binaries, account, port, socketFolder: state.runFolder, settings });
    } catch (error) {
      if (!(error instanceof StartObstacle) || triesLeft === 0) throw error;
      if (error.obstacle === "port taken") preferredPort = undefined;
      await sleep(RETRY_MS);
    }
  }
}

function handle(folder: ClusterFolder, postmaster: Postmaster): EmbeddedPostgres {
  const userFile = addUser(folder);
  let leaving: Promise<void> | undefined;
  const leave = (): Promise<void> => (leaving ??= withFolderLock(folder, () => leaveServer(folder, userFile)));
  const withdraw = atExit({ leave, abandon: () => abandonServer(folder, userFile) });
  return {
    connectionString: socketConnectionString(postmaster),
    loopbackConnectionString: loopbackConnectionString(postmaster, readClusterState(folder)?.password ?? ""),
    port: postmaster.port,
    socketFolder: postmaster.socketFolder,
    pid: postmaster.pid,
    stop: async () => {
      await leave();
      withdraw();
    },
  };
}

async function leaveServer(folder: ClusterFolder, userFile: string): Promise<void> {
  if (!removeUser(folder, userFile).othersRemain) await stopServer(folder);
}

function abandonServer(folder: ClusterFolder, userFile: string): void {
  if (removeUser(folder, userFile).othersRemain) return;
  const running = findPostmaster(folder);
  if (running !== undefined) sendSignal(running.pid, "SIGINT");
  // Postgres does not mind when it stops: it only removes its sockets from there.
  removeRunFolder(readClusterState(folder)?.runFolder);
}

/** Whatever runs there now: the server that was started first may have crashed and been followed by another. */
async function stopServer(folder: ClusterFolder): Promise<void> {
  const running = await untilSettled(folder);
  if (running !== undefined) await stopPostmaster(running.pid);
  removeRunFolder(readClusterState(folder)?.runFolder);
}

/**
 * Stops the server on a folder if no living process uses it, as after its user was killed. Says whether nobody uses
 * the folder now, so that it may be deleted.
 */
export async function stopAbandonedPostgres(dataFolder: string): Promise<boolean> {
  const folder = openClusterFolder(dataFolder);
  return await withFolderLock(folder, async () => {
    if (livingUsers(folder).length > 0) return false;
    await stopServer(folder);
    return true;
  });
}
