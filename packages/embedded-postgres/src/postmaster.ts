import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { ClusterFolder } from "./cluster-folder.ts";
import { diskFullError, startError } from "./embedded-postgres-error.ts";
import { findPostmaster, readPostmasterFile, type Postmaster } from "./postmaster-file.ts";
import { isAlive } from "@ballast/processes";
import { dataFolderArgument, spawnOptions } from "./spawn-options.ts";

const POLL_MS = 5;
/** Recovery after a crash replays up to max_wal_size of log first. */
const START_PATIENCE_MS = 120_000;
/** A start with a longer log begins a new one and keeps the old one beside it. */
const MAX_LOG_BYTES = 16 * 1024 * 1024;
/** The fast stop writes a checkpoint; the immediate one that follows leaves recovery to the next start. */
const FAST_STOP_PATIENCE_MS = 30_000;
const IMMEDIATE_STOP_PATIENCE_MS = 10_000;

export type PostmasterOptions = {
  readonly folder: ClusterFolder;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  readonly port: number;
  readonly socketFolder: string;
  readonly settings: Readonly<Record<string, string>>;
};

/**
 * A start that may succeed if tried again: another program took the port between the choice and the start, or the
 * backends of a server that was killed have not noticed yet.
 */
export class StartObstacle extends Error {
  readonly obstacle: "port taken" | "old backends";

  constructor(obstacle: StartObstacle["obstacle"], message: string) {
    super(message);
    this.obstacle = obstacle;
  }
}

/** Starts a server in its own process group: a terminal's Ctrl-C must not stop it before those who still write to it. */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const { folder, account } = options;
  if (sizeOf(folder.log) > MAX_LOG_BYTES) renameSync(folder.log, `${folder.log}.1`);
  const log = openSync(folder.log, "a", 0o600);
  const logStart = sizeOf(folder.log);
  let child: ChildProcess;
  try {
    child = spawn(options.binaries.postgres, commandLine(options), {
      ...spawnOptions(account, folder.data),
      stdio: ["ignore", log, log],
      detached: true,
    });
  } finally {
    closeSync(log);
  }
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
  child.unref();
  return await untilReady(options, child, ended, () => readFileSync(folder.log).subarray(logStart).toString());
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function commandLine({ folder, account, port, socketFolder, settings }: PostmasterOptions): string[] {
  const all = {
    ...settings,
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: socketFolder,
  };
  const assignments = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", dataFolderArgument(account, folder.data), ...assignments];
}

async function untilReady(
  { folder, port }: PostmasterOptions,
  child: ChildProcess,
  ended: Promise<string>,
  newLog: () => string,
): Promise<Postmaster> {
  let end: string | undefined;
  void ended.then((reason) => (end = reason));
  const deadline = performance.now() + START_PATIENCE_MS;
  while (performance.now() < deadline) {
    if (end !== undefined) throw explainFailure(folder, port, end, newLog());
    const postmaster = readPostmasterFile(folder);
    if (postmaster?.ready === true && postmaster.pid === child.pid) return postmaster;
    await sleep(POLL_MS);
  }
  child.kill("SIGQUIT");
  throw startError(`Postgres was not ready after ${START_PATIENCE_MS / 1000} s. Its log ends:\n${lastLines(newLog())}\n`);
}

function explainFailure(folder: ClusterFolder, port: number, end: string, log: string): Error {
  if (log.includes("Address already in use")) {
    return new StartObstacle("port taken", `Port ${port} of 127.0.0.1 is used by another program.`);
  }
  if (log.includes("pre-existing shared memory block")) {
    return new StartObstacle("old backends", `Processes of a killed Postgres still use the data in ${folder.root}.`);
  }
  if (log.includes("No space left on device")) {
    return diskFullError(`The disk of ${folder.root} became full while Postgres started.`);
  }
  return startError(`Postgres did not start in ${folder.root}: ${end}. Its log ends:\n${lastLines(log)}\n`);
}

function lastLines(log: string): string {
  return log.trimEnd().split("\n").slice(-8).join("\n");
}

/** A server that is still recovering, or shutting down, is waited for. Undefined if it ended. */
export async function untilSettled(folder: ClusterFolder): Promise<Postmaster | undefined> {
  const deadline = performance.now() + START_PATIENCE_MS;
  while (performance.now() < deadline) {
    const postmaster = findPostmaster(folder);
    if (postmaster === undefined || postmaster.ready) return postmaster;
    await sleep(POLL_MS);
  }
  throw startError(`The Postgres that runs in ${folder.root} has been neither ready nor stopped for 2 minutes.`);
}

/** SIGINT is Postgres' fast shutdown (clients are disconnected, a checkpoint is written), SIGQUIT its immediate one. */
export async function stopPostmaster(pid: number): Promise<void> {
  sendSignal(pid, "SIGINT");
  if (await hasEnded(pid, FAST_STOP_PATIENCE_MS)) return;
  sendSignal(pid, "SIGQUIT");
  if (await hasEnded(pid, IMMEDIATE_STOP_PATIENCE_MS)) return;
  throw startError(`Postgres (process ${pid}) did not stop within 40 s, neither by SIGINT nor by SIGQUIT.`);
}

export function sendSignal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function hasEnded(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
