import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statfsSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { EMBEDDED_MAJOR_VERSION } from "./binaries.ts";
import { diskFullError, startError } from "./embedded-postgres-error.ts";

/**
 * What is kept in the folder of one cluster: Postgres' own data, and beside them what Ballast must know to find and
 * share the running server.
 */
export type ClusterFolder = {
  readonly root: string;
  /** PGDATA. Belongs to the account that runs Postgres. */
  readonly data: string;
  /** Becomes `data` by a rename, so that an interrupted first start never leaves half a cluster behind. */
  readonly staging: string;
  /** One file per user of the running server, see cluster-users.ts. */
  readonly users: string;
  readonly lock: string;
  readonly log: string;
  readonly state: string;
};

/** Written by the process that starts Postgres, for those that come later. */
export type ClusterState = {
  /** Kept from start to start as long as it is free, so that people find the database where it was. */
  readonly port: number;
  /** For connections over loopback TCP, which every local user could open. */
  readonly password: string;
  /** Private temporary folder of the sockets; left over if its Postgres was killed. */
  readonly runFolder: string;
};

export const STAGING_PREFIX = "data.initializing-";

/** A fresh cluster takes 40 MB and its first log segments 16 MB each. */
const MIN_FREE_BYTES = 128 * 1024 * 1024;

/** `.ballast/postgres` in the clone this runs from, or else in the current folder. */
export function defaultDataFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "pnpm-workspace.yaml"))) {
    if (folder === dirname(folder)) return resolve(".ballast", "postgres");
    folder = dirname(folder);
  }
  return join(folder, ".ballast", "postgres");
}

/** Makes what is missing of it. */
export function openClusterFolder(path: string): ClusterFolder {
  const folder = clusterFolderAt(path);
  createFolders(folder);
  return folder;
}

export function clusterFolderAt(path: string): ClusterFolder {
  const root = resolve(path);
  const inRoot = (name: string): string => join(root, name);
  return {
    root,
    data: inRoot("data"),
    staging: inRoot(`${STAGING_PREFIX}${process.pid}`),
    users: inRoot("users"),
    lock: inRoot("lock"),
    log: inRoot("postgres.log"),
    state: inRoot("cluster.json"),
  };
}

/** Throws if a server could not start there, or would immediately find the disk full. */
export function checkClusterFolder(folder: ClusterFolder, minFreeBytes: number = MIN_FREE_BYTES): void {
  checkVersion(folder);
  checkFreeSpace(folder.root, minFreeBytes);
}

export function readClusterState(folder: ClusterFolder): ClusterState | undefined {
  if (!existsSync(folder.state)) return undefined;
  try {
    return JSON.parse(readFileSync(folder.state, "utf8")) as ClusterState;
  } catch (cause) {
    throw startError(`${folder.state} cannot be read; remove that file (not the folder beside it).`, cause);
  }
}

export function writeClusterState(folder: ClusterFolder, state: ClusterState): void {
  const written = `${folder.state}.new`;
  writeFileSync(written, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(written, folder.state);
}

function createFolders(folder: ClusterFolder): void {
  try {
    mkdirSync(folder.users, { recursive: true });
    chmodSync(folder.root, 0o700);
  } catch (cause) {
    throw startError(`The data folder ${folder.root} cannot be made or used: ${(cause as Error).message}.`, cause);
  }
}

function checkVersion(folder: ClusterFolder): void {
  const file = join(folder.data, "PG_VERSION");
  if (!existsSync(folder.data)) return;
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
  if (found === String(EMBEDDED_MAJOR_VERSION)) return;
  const what = found === undefined ? "are not a Postgres cluster (no PG_VERSION)" : `were written by Postgres ${found}`;
  throw startError(
    `The data in ${folder.data} ${what}, and the embedded Postgres is ${EMBEDDED_MAJOR_VERSION}. ` +
      "Move them away (a new, empty cluster is made then), or serve them with their own version.",
  );
}

function checkFreeSpace(root: string, minFreeBytes: number): void {
  const { bavail, bsize } = statfsSync(root);
  const free = bavail * bsize;
  if (free >= minFreeBytes) return;
  const inMiB = (bytes: number): string => `${Math.floor(bytes / 1024 / 1024)} MiB`;
  throw diskFullError(`${inMiB(free)} are free at ${root}, but Postgres needs ${inMiB(minFreeBytes)} to start.`);
}
