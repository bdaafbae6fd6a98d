import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { processIdentity } from "../packages/processes/src/process-identity.ts";

export const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));

const POLL_MS = 50;
/** The first start makes a cluster and imports recordings, on a machine that may have other work. */
const PATIENCE_MS = 140_000;

/** A process as `ps` shows it. */
export type Listed = { readonly pid: number; readonly parent: number; readonly group: number; readonly command: string };

/** What was started by one command line, seen from outside. The oracle is the operating system's list of processes. */
export type Tree = {
  readonly outer: ChildProcess;
  /** Waits until the output matches. */
  said(pattern: RegExp): Promise<void>;
  /** The processes below the outer one and itself, by now; `pattern` is looked for in the command line. */
  find(pattern: RegExp): Listed;
  /** Waits until none of the processes that the tree has had lives, its Postgres and guardian among them; "", or those left. */
  untilGone(): Promise<string>;
  /** Kills what is left. */
  end(): Promise<void>;
};

/** For the data and the temporary files of trees: what is imported at the first start is there at the next. */
export function createTreeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ballast-outer-"));
  // The account that Postgres runs under where this is root has its sockets below.
  chmodSync(folder, 0o711);
  return folder;
}

/** Starts a line of /bin/sh in the project, in a process group and session of its own. */
export function startTree(line: string, folder: string): Tree {
  const outer = spawn("/bin/sh", ["-c", `exec ${line}`], {
    cwd: PROJECT,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: pathOutsideNpm(),
      HOME: process.env.HOME,
      TMPDIR: folder,
      // Otherwise below TMPDIR, and empty.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      BALLAST_DATA_FOLDER: join(folder, "postgres"),
      PORT: "0",
    },
  });
  let output = "";
  for (const stream of [outer.stdout, outer.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  const known = new Map<number, string>();
  const look = (): Listed[] => {
    const listed = membersOf(outer.pid ?? 0, postmasterPids(folder), folder);
    for (const { pid } of listed) known.set(pid, processIdentity(pid) ?? "");
    return listed;
  };
  const alive = (): number[] => [...known].filter(([pid, identity]) => processIdentity(pid) === identity).map(([pid]) => pid);
  return {
    outer,
    said: async (pattern) => {
      const isOver = (): boolean => outer.exitCode !== null || outer.signalCode !== null;
      await until(
        () => isOver() || pattern.test(output),
        () => `${line} did not say ${pattern}:\n${output}`,
      );
      look();
      if (!pattern.test(output)) throw new Error(`${line} ended before it said ${pattern}:\n${output}`);
    },
    find: (pattern) => {
      const listed = look();
      const found = listed.find(({ command }) => pattern.test(command));
      if (found === undefined) throw new Error(`no ${pattern} among\n${listed.map(({ pid, command }) => `${pid} ${command}`).join("\n")}`);
      return found;
    },
    untilGone: async () => {
      for (const end = performance.now() + PATIENCE_MS; alive().length > 0 && performance.now() < end;) await sleep(POLL_MS);
      return describe(alive());
    },
    end: async () => {
      for (const pid of alive()) process.kill(pid, "SIGKILL");
      await until(
        () => alive().length === 0,
        () => `cannot be killed: ${describe(alive())}`,
      );
    },
  };
}

async function until(isReached: () => boolean, complaint: () => string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!isReached()) {
    if (performance.now() > deadline) throw new Error(complaint());
    await sleep(POLL_MS);
  }
}

/** Without what npm puts before it, so that the tree finds npm and the project's Node as a user's shell does. */
function pathOutsideNpm(): string {
  return (process.env.PATH ?? "")
    .split(":")
    .filter((part) => !part.includes("node_modules"))
    .join(":");
}

export function listProcesses(): Listed[] {
  const { stdout } = spawnSync("ps", ["-e", "-o", "pid=,ppid=,pgid=,args="], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return stdout
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, parent, group, ...command] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), group: Number(group), command: command.join(" ") };
    });
}

/** The outer process and what is below it, its guardians (they name the folder), and each postmaster. */
function membersOf(outer: number, postmasters: readonly number[], folder: string): Listed[] {
  const all = listProcesses();
  const members = new Set([outer, ...postmasters]);
  for (const { pid, command } of all) if (command.includes("ballast-guardian") && command.includes(folder)) members.add(pid);
  for (let size = 0; size < members.size;) {
    size = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
  return all.filter(({ pid }) => members.has(pid));
}

/** Of `npm start`, or of the clusters that tests make in their temporary folder. */
function postmasterPids(folder: string): number[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const files = names.map((name) => join(folder, name, "data", "postmaster.pid")).filter((file) => existsSync(file));
  return files.map((file) => Number.parseInt(readFileSync(file, "utf8"), 10)).filter((pid) => pid > 0);
}

function describe(pids: readonly number[]): string {
  const all = listProcesses();
  return pids.map((pid) => `${pid} (${all.find((listed) => listed.pid === pid)?.command ?? "?"})`).join(", ");
}
