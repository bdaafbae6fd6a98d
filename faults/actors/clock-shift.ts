import { readFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

/**
 * Loaded before the server (`node --import`), also in its worker threads: moves their wall clock by as many ms as the file named by
 * BALLAST_FAULTS_CLOCK holds, looked at every 20 ms. Timers and `performance.now` continue, as they do when a machine's clock is set.
 * The clock of Postgres cannot be moved this way.
 */
const file = process.env["BALLAST_FAULTS_CLOCK"];
const RealDate = Date;
let offsetMs = 0;

class ShiftedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(RealDate.now() + offsetMs);
    else super(...(given as [number]));
  }

  static override now(): number {
    return RealDate.now() + offsetMs;
  }
}

function look(path: string): void {
  try {
    offsetMs = Number(readFileSync(path, "utf8"));
  } catch {
    // No jump yet.
  }
}

if (file !== undefined) {
  look(file);
  setInterval(() => look(file), 20).unref();
  globalThis.Date = ShiftedDate as DateConstructor;
}

/** A server does not outlive the simulation that started it, however that ended. */
const parent = process.ppid;
if (isMainThread) {
  setInterval(() => process.ppid === parent || process.kill(process.pid, "SIGKILL"), 500).unref();
}
