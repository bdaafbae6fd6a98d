import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How often the memory of a process is looked at; from `ps` less often, which is a process itself. */
export const MEMORY_POLL_MS = process.platform === "linux" ? 25 : 250;

/** Bytes of memory that a process holds, in RAM or swapped out; 0 if it is gone. */
export async function residentMemory(pid: number): Promise<number> {
  return process.platform === "linux" ? readStatus(pid) : await askPs(pid);
}

function readStatus(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    return 1024 * (kibOf("VmRSS", status) + kibOf("VmSwap", status));
  } catch {
    return 0;
  }
}

function kibOf(field: string, status: string): number {
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
}

async function askPs(pid: number): Promise<number> {
  try {
    const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
    return 1024 * Number(stdout.trim());
  } catch {
    return 0;
  }
}
