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

/**
 * Whether the process of an identity is certainly gone. One that exists but whose start cannot be read (a /proc mounted
 * with hidepid) counts as living. The identity must be of this machine and its pid namespace.
 */
export function hasEnded(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  const found = processIdentity(pid);
  if (found !== undefined) return found !== identity;
  return !exists(pid) || isZombie(pid);
}

/** The parent's pid; undefined if there is no such process. */
export function parentOf(pid: number): number | undefined {
  const text = process.platform === "linux" ? statFields(pid)?.[1] : askPs(pid, "ppid=");
  return text === undefined || text === "" ? undefined : Number(text);
}

/** What the process was started with, words with a blank between them; "" if that cannot be read. */
export function commandLineOf(pid: number): string {
  if (process.platform !== "linux") return askPs(pid, "command=") ?? "";
  return (readIfPresent(`/proc/${pid}/cmdline`) ?? "").replaceAll("\0", " ").trim();
}

function identityFromProc(pid: number): string | undefined {
  const fields = statFields(pid);
  if (fields === undefined || isRemains(fields[0])) return undefined;
  return `${pid} ${fields[19]}`;
}

/** proc(5): after the command's name in parentheses, which may hold any character, state is field 3, starttime 22. */
function statFields(pid: number): string[] | undefined {
  const stat = readIfPresent(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function isRemains(state: string | undefined): boolean {
  return state === "Z" || state === "X";
}

function isZombie(pid: number): boolean {
  return process.platform === "linux" ? isRemains(statFields(pid)?.[0]) : (askPs(pid, "stat=") ?? "").startsWith("Z");
}

/** Whether there is such a process, living or a zombie. EPERM: it belongs to another user. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function identityFromPs(pid: number): string | undefined {
  const row = askPs(pid, "stat=,lstart=");
  return row === undefined || row === "" || row.startsWith("Z") ? undefined : `${pid} ${row.replace(/^\S+\s+/, "")}`;
}

function askPs(pid: number, columns: string): string | undefined {
  try {
    return execFileSync("ps", ["-o", columns, "-p", String(pid)], { encoding: "utf8" }).trim();
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
