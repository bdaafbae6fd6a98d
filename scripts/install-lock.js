import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 200;
/** A lock file that still names no holder then was left by a process that died between making and filling it. */
const UNNAMED_PATIENCE_MS = 10_000;

/**
 * Waits until no other live process holds the lock file, then takes it. Two simultaneous installations leave node_modules
 * broken. Returns the function that gives the lock back.
 */
export async function holdInstallLock(file) {
  let told = false;
  for (;;) {
    if (takeLock(file)) return () => rmSync(file, { force: true });
    const holder = readHolder(file);
    const died = holder === undefined ? ageMs(file) > UNNAMED_PATIENCE_MS : !isAlive(holder);
    // The lock is not taken immediately: a second waiter that saw the same dead holder has time to remove the file as well.
    if (died) rmSync(file, { force: true });
    else if (!told) {
      console.error(`ballast: waiting for the installation that process ${holder ?? "?"} has begun`);
      told = true;
    }
    await sleep(POLL_MS);
  }
}

function takeLock(file) {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return pid > 0 ? pid : undefined;
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function ageMs(file) {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
