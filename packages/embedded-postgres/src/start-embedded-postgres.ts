import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { accountFor, type Account } from "./account.ts";
import { binariesFor, EMBEDDED_MAJOR_VERSION } from "./binaries.ts";
import {
  checkClusterFolder,
  clusterFolderAt,
  defaultDataFolder,
  openClusterFolder,
  readClusterState,
  writeClusterState,
  type ClusterFolder,
  type ClusterState,
} from "./cluster-folder.ts";
import { addUser, livingUsers, removeUser } from "./cluster-users.ts";
import { ensureDatabase, loopbackConnectionString, socketConnectionString } from "./database-access.ts";
import { diskFullError, startError } from "./embedded-postgres-error.ts";
import { withFolderLock } from "./folder-lock.ts";
import { freePort } from "./free-port.ts";
import { type Guardian, startGuardian } from "./guardian.ts";
import { initialiseCluster, removeInterruptedClusters } from "./initialise-cluster.ts";
import { PostgresKeeper, type PostgresNotice } from "./keep-running.ts";
import { sendSignal, startPostmaster, StartObstacle, stopPostmaster, untilSettled } from "./postmaster.ts";
import { findPostmaster, type Postmaster } from "./postmaster-file.ts";
import { linkSockets, provideRunFolder, removeRunFolder, restoreRunFolder, takeSockets } from "./run-folder.ts";
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
  readonly minFreeBytes?: number;
  /**
   * Keeps the server running: one that ends is started again, at the same address, and this hears of it. If not given,
   * its end is left to its clients to notice.
   */
  readonly onNotice?: (notice: PostgresNotice) => void;
  /** True only for tests: if this process is killed, the folder is removed as well once the server has stopped. */
  readonly temporary?: boolean;
};

export type EmbeddedPostgres = {
  /** Over the private Unix socket, without a password. */
  readonly connectionString: string;
  /** Over loopback TCP with the password, for psql and other programs. */
  readonly loopbackConnectionString: string;
  /** Another one, as is `pid`, after the server was started again. */
  readonly port: number;
  readonly socketFolder: string;
  readonly pid: number;
  /** Stops the server if no other process uses it. May be called more than once. */
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
  // Before anything is started, so that a kill at any moment leaves nothing running.
  const guardian = startGuardian(folder, options.temporary === true);
  try {
    return await withFolderLock(folder, async () => {
      const postmaster = (await joinRunning(folder, options)) ?? (await startOwn(folder, options));
      return handle(folder, postmaster, guardian, options);
    });
  } catch (error) {
    guardian.dismiss();
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
  checkClusterFolder(folder, options.minFreeBytes);
  const account = accountFor(folder.data);
  const before = readClusterState(folder);
  const runFolder = provideRunFolder(account, before?.runFolder);
  if (runFolder !== before?.runFolder) removeRunFolder(before?.runFolder);
  const password = before?.password ?? randomBytes(24).toString("hex");
  const state: ClusterState = { port: before?.port ?? 0, password, runFolder };
  writeClusterState(folder, state);
  try {
    return await startWith(folder, state, account, options);
  } catch (error) {
    removeRunFolder(runFolder);
    throw error;
  }
}

/** Leaves nothing running if it fails. */
async function startWith(
  folder: ClusterFolder,
  state: ClusterState,
  account: Account | undefined,
  options: EmbeddedPostgresOptions,
): Promise<Postmaster> {
  try {
    const addresses = takeSockets(state.runFolder);
    const postmaster = await startIn(folder, state, account, options);
    linkSockets(state.runFolder, addresses, postmaster.port);
    writeClusterState(folder, { ...state, port: postmaster.port });
    await ensureDatabase(postmaster, state.password);
    return postmaster;
  } catch (error) {
    await stopRunning(folder);
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

function handle(folder: ClusterFolder, postmaster: Postmaster, guardian: Guardian, options: EmbeddedPostgresOptions): EmbeddedPostgres {
  const userFile = addUser(folder);
  const keeper = keep(folder, postmaster, options);
  const current = (): Postmaster => keeper?.postmaster ?? postmaster;
  const leaveInOrder = async (): Promise<void> => {
    await keeper?.stop();
    await withFolderLock(folder, () => leaveServer(folder, userFile));
    guardian.dismiss();
  };
  let leaving: Promise<void> | undefined;
  const leave = (): Promise<void> => (leaving ??= leaveInOrder());
  const withdraw = atExit({ leave, abandon: () => abandonServer(folder, userFile) });
  return {
    connectionString: socketConnectionString(postmaster),
    get loopbackConnectionString() {
      return loopbackConnectionString(current(), readClusterState(folder)?.password ?? "");
    },
    get port() {
      return current().port;
    },
    socketFolder: postmaster.socketFolder,
    get pid() {
      return current().pid;
    },
    stop: async () => {
      await leave();
      withdraw();
    },
  };
}

function keep(
  folder: ClusterFolder,
  postmaster: Postmaster,
  { onNotice, ...options }: EmbeddedPostgresOptions,
): PostgresKeeper | undefined {
  if (onNotice === undefined) return undefined;
  const startAgain = (): Promise<Postmaster> =>
    withFolderLock(folder, async () => (await untilSettled(folder)) ?? (await restartOwn(folder, options)));
  return new PostgresKeeper({ postmaster, startAgain, onNotice });
}

/** Its data must be there, and its clients find it where it was: an empty cluster in its place would be of no use. */
async function restartOwn(folder: ClusterFolder, options: EmbeddedPostgresOptions): Promise<Postmaster> {
  const state = readClusterState(folder);
  if (state === undefined || !existsSync(folder.data)) throw startError(`The Postgres data in ${folder.root} are gone.`);
  checkClusterFolder(folder, options.minFreeBytes);
  const account = accountFor(folder.data);
  restoreRunFolder(account, state.runFolder);
  return await startWith(folder, state, account, { durable: options.durable ?? true });
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
  await stopRunning(folder);
  removeRunFolder(readClusterState(folder)?.runFolder);
}

async function stopRunning(folder: ClusterFolder): Promise<void> {
  const running = await untilSettled(folder);
  if (running !== undefined) await stopPostmaster(running.pid);
}

/**
 * Stops the server on a folder if no living process uses it, as after its user was killed. Returns whether no process
 * uses the folder now, so that it may be deleted.
 */
export async function stopAbandonedPostgres(dataFolder: string): Promise<boolean> {
  const folder = clusterFolderAt(dataFolder);
  if (!existsSync(folder.users)) return true;
  return await withFolderLock(folder, async () => {
    if (livingUsers(folder).length > 0) return false;
    await stopServer(folder);
    return true;
  });
}
