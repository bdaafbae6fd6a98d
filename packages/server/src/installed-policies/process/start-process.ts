import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { fileURLToPath } from "node:url";
import { HOST_PATHS } from "./host-paths.ts";

/** How far a policy that does not come with Ballast may go. */
export type PolicyLimits = {
  /** Wall time of one call, in ms. */
  readonly callMs: number;
  /** Wall time until its process has started and its package is imported, in ms. */
  readonly loadMs: number;
  /** Resident memory of its process, Node itself included. */
  readonly memoryBytes: number;
};

export const DEFAULT_POLICY_LIMITS: PolicyLimits = { callMs: 5_000, loadMs: 10_000, memoryBytes: 512 * 2 ** 20 };

/** What a policy's process is started for. */
export type PolicySource = {
  /** Of the module that exports the policy. */
  readonly url: string;
  /** Files and folders (these end with a slash) that the process may read. */
  readonly readable: readonly string[];
};

const HOST = fileURLToPath(new URL(`policy-host${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));

/**
 * The process is the child of a shell that ends it when this process is gone, however that came about: the shell's standard
 * input ends then. What the shell itself adds to the environment is left behind. It writes the exit status behind the last answer (see ENDED), and nothing leaves a core dump.
 */
const SHELL_SCRIPT = `
ulimit -c 0
exec 5<&0
env -i "$@" 5<&- </dev/null >/dev/null &
policy=$!
exec 3<&-
{ read -r _; kill -9 $policy; } <&5 >/dev/null 2>/dev/null 4>&- &
reader=$!
exec 5<&-
wait $policy
printf '\\377\\377\\377\\377%s' $? >&4
kill -9 $reader
`;

/**
 * Starts the process of a policy: without this one's environment, in a process group of its own, under Node's permission
 * model. `stdio` has the shell's standard input (a pipe), output and errors, and then the descriptors of the protocol.
 */
export function startPolicyProcess(source: PolicySource, { memoryBytes }: PolicyLimits, stdio: StdioOptions): ChildProcess {
  const readable = [...HOST_PATHS, ...source.readable].map((path) => `--allow-fs-read=${path}`);
  const node = [process.execPath, "--permission", "--no-warnings", `--max-old-space-size=${Math.ceil(memoryBytes / 2 ** 20)}`, ...readable];
  const child = spawn("/bin/sh", ["-c", SHELL_SCRIPT, "ballast-policy", ...node, HOST, source.url], {
    stdio,
    detached: true,
    cwd: "/",
    env: {},
  });
  // Without a process there is no answer either, and that is what is reported.
  child.on("error", () => undefined);
  return child;
}
