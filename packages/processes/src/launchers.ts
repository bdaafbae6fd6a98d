import { basename } from "node:path";
import { commandLineOf, exists, hasEnded, parentOf, processIdentity } from "./process-identity.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A process that was started only to wait for this one, such as npm: once it has ended, this one is to end too. */
export type Launcher = { readonly pid: number; readonly name: string; readonly identity: string };

/** Holds the pid of a process that this one is to end with: set by the `ballast` script of a clone, and by programs. */
export const LAUNCHER_VARIABLE = "BALLAST_LAUNCHER";

const POLL_MS = 250;
const SHELLS = new Set(["sh", "dash", "ash", "bash", "zsh", "ksh", "busybox"]);
const INIT_PID = 1;

/**
 * A script of npm's that is one plain command, which this process is. In `nohup ballast serve &`, or with a command
 * behind it, the script's author wants something else than to wait.
 */
const PLAIN_COMMAND = /^(\w+=\S* )*(exec )?(node \S*main\.[jt]s|'?ballast'?|vitest)( [^&|;<>`$()]*)?$/;

/**
 * The processes between this one and the user that only wait for it, nearest first: what BALLAST_LAUNCHER names, the
 * shell of an npm script, and npm (npx, pnpm, yarn). Empty for a process that was started by anything else (a terminal's
 * shell, systemd, cron, another program): that one continues when its parent ends. One that is gone already has the
 * identity "".
 */
export function findLaunchers(environment: Environment, parent: number = process.ppid): Launcher[] {
  const named = Number(environment[LAUNCHER_VARIABLE]);
  const launchers = Number.isInteger(named) && named > 0 ? [launcherOf(named)] : [];
  if (!isPlainScript(environment)) return launchers;
  const above = launchers.length > 0 ? (parentOf(named) ?? INIT_PID) : parent;
  return [...launchers, ...chainFrom(above)];
}

function isPlainScript(environment: Environment): boolean {
  const script = environment["npm_lifecycle_script"];
  return script !== undefined && PLAIN_COMMAND.test(script.trim());
}

/** Shells up to the first process that is none. A parent that is init, and no npm, says that npm is gone already. */
function chainFrom(pid: number): Launcher[] {
  const launcher = launcherOf(pid);
  if (SHELLS.has(launcher.name)) return [launcher, ...chainFrom(parentOf(pid) ?? INIT_PID)];
  const isInit = pid === INIT_PID && !/\b(npm|npx|pnpm|yarn|node|bun)\b/.test(commandLineOf(pid));
  return [isInit ? { ...launcher, identity: "" } : launcher];
}

function launcherOf(pid: number): Launcher {
  const [program = ""] = commandLineOf(pid).split(" ");
  return { pid, name: basename(program), identity: processIdentity(pid) ?? "" };
}

/** Calls back once, when the first of them has ended. Keeps no process alive. Returns what ends the watch. */
export function watchLaunchers(launchers: readonly Launcher[], onEnd: (ended: Launcher) => void): () => void {
  if (launchers.length === 0) return () => undefined;
  const timer = setInterval(() => {
    const ended = launchers.find(isGone);
    if (ended === undefined) return;
    clearInterval(timer);
    onEnd(ended);
  }, POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Elsewhere than on Linux the identity costs a process each time: a pid is hardly given away twice between two looks. */
function isGone({ pid, identity }: Launcher): boolean {
  return identity === "" || (process.platform === "linux" ? hasEnded(identity) : !exists(pid));
}
