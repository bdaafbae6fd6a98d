import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Processes that were told to end have so long for it. */
const PATIENCE_MS = 10_000;

/** Those that are still there when all of them have had time to end. */
export async function lastingProcesses(folder: string): Promise<string[]> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  let left = leftProcesses(folder);
  for (; left.length > 0 && performance.now() < giveUpAt; left = leftProcesses(folder)) await sleep(100);
  return left;
}

/** Processes that still work in the simulation's folder: servers by their current folder, Postgres by its data, policies by their files. Linux only. */
function leftProcesses(folder: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    const { cwd, command } = lookAt(name);
    return cwd?.startsWith(folder) === true || command?.includes(folder) === true
      ? [`process ${name} was left running: ${command?.slice(0, 200)}`]
      : [];
  });
}

function lookAt(pid: string): { cwd?: string; command?: string } {
  try {
    return { cwd: readlinkSync(`/proc/${pid}/cwd`), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") };
  } catch {
    return {};
  }
}
