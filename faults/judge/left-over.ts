import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Processes that still work in the simulation's folder: servers by their current folder, Postgres by its data, policies by their files. Linux only. */
export function leftProcesses(folder: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    const { cwd, command } = lookAt(name);
    return cwd?.startsWith(folder) === true || command?.includes(folder) === true ? [`process ${name} was left running: ${command?.slice(0, 200)}`] : [];
  });
}

function lookAt(pid: string): { cwd?: string; command?: string } {
  try {
    return { cwd: readlinkSync(`/proc/${pid}/cwd`), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") };
  } catch {
    return {};
  }
}
