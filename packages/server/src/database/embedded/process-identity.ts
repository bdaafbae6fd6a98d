import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Names a living process so that a later one with the same pid is told apart: the pid and when it started.
 * Undefined if there is no such process, or only its unreaped remains.
 */
export function processIdentity(pid: number): string | undefined {
  return process.platform === "linux" ? identityFromProc(pid) : identityFromPs(pid);
}

export function isAlive(pid: number): boolean {
  return processIdentity(pid) !== undefined;
}

/** proc(5): after the command's name in parentheses, which may hold any character, state is field 3, starttime 22. */
function identityFromProc(pid: number): string | undefined {
  const stat = readIfPresent(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, startTicks] = [fields[0], fields[19]];
  return state === "Z" || state === "X" ? undefined : `${pid} ${startTicks}`;
}

function identityFromPs(pid: number): string | undefined {
  try {
    const row = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return row === "" || row.startsWith("Z") ? undefined : `${pid} ${row.replace(/^\S+\s+/, "")}`;
  } catch {
    return undefined;
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
