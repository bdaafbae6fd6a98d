import { readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { basename, join } from "node:path";
import type { ClusterFolder } from "./cluster-folder.ts";
import { isAlive } from "@ballast/processes";

/** A running Postgres server, as its own postmaster.pid describes it. */
export type Postmaster = {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly ready: boolean;
};

/**
 * The server that runs on this folder now, whichever process started it. A file left by a crash is removed: after a reboot, or in
 * a container, its pid may belong to another program, and Postgres itself would then refuse to start.
 */
export function findPostmaster(folder: ClusterFolder): Postmaster | undefined {
  const postmaster = readPostmasterFile(folder);
  if (postmaster === undefined) return undefined;
  if (isAlive(postmaster.pid) && runsPostgresIn(postmaster.pid, folder.data)) return postmaster;
  rmSync(postmasterFile(folder), { force: true });
  return undefined;
}

/** Lines by number, from src/include/utils/pidfile.h: 1 pid, 4 port, 5 socket folder, 8 state. */
export function readPostmasterFile(folder: ClusterFolder): Postmaster | undefined {
  const lines = readLines(postmasterFile(folder));
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const ready = lines[7]?.trim() === "ready";
  return { pid, port: Number(lines[3] ?? 0), socketFolder: lines[4] ?? "", ready };
}

function postmasterFile(folder: ClusterFolder): string {
  return join(folder.data, "postmaster.pid");
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

/** A postmaster's current folder is its data folder. */
function runsPostgresIn(pid: number, dataFolder: string): boolean {
  try {
    if (process.platform !== "linux") return basename(commandOf(pid)) === "postgres";
    const current = statSync(`/proc/${pid}/cwd`);
    const data = statSync(dataFolder);
    // The program's file may be gone (the kernel then appends " (deleted)"), after an update or a cleaned folder.
    const isPostgres = basename(readlinkSync(`/proc/${pid}/exe`)).startsWith("postgres");
    return isPostgres && current.dev === data.dev && current.ino === data.ino;
  } catch {
    // It ended meanwhile, or belongs to somebody whose processes this one may not look at: not a server of ours.
    return false;
  }
}

function commandOf(pid: number): string {
  return execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).trim();
}
