import { readlinkSync, rmSync, symlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterFolder } from "./cluster-folder.ts";
import { startError } from "./embedded-postgres-error.ts";
import { processIdentity } from "@ballast/processes";

const POLL_MS = 20;
/** Longer than the longest thing done under the lock: a first start on a slow disk, or a stop with a full checkpoint. */
const PATIENCE_MS = 120_000;

/** Starting and stopping on one folder happen one at a time, across processes; a holder that died is passed over. */
export async function withFolderLock<T>(folder: ClusterFolder, action: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!takeLock(folder)) {
    if (performance.now() > deadline) {
      const holder = readHolder(folder);
      throw startError(`Process ${holder} has been starting or stopping the Postgres in ${folder.root} for 2 minutes.`);
    }
    await sleep(POLL_MS);
  }
  try {
    return await action();
  } finally {
    rmSync(folder.lock, { force: true });
  }
}

/**
 * The lock is a symbolic link whose target is the holder's identity: it appears whole or not at all, and takes no space
 * on a disk that is full, where Postgres must still be stopped.
 */
function takeLock(folder: ClusterFolder): boolean {
  try {
    symlinkSync(processIdentity(process.pid) ?? "", folder.lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    removeIfHolderDied(folder);
    return false;
  }
}

/** The lock is not taken immediately: a second waiter that saw the same dead holder has time to remove the file as well. */
function removeIfHolderDied(folder: ClusterFolder): void {
  const holder = readHolder(folder);
  if (holder !== "" && processIdentity(Number.parseInt(holder, 10)) !== holder) rmSync(folder.lock, { force: true });
}

function readHolder(folder: ClusterFolder): string {
  try {
    return readlinkSync(folder.lock);
  } catch {
    return "";
  }
}
