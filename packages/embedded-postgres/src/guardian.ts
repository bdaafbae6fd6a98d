import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { processIdentity } from "@ballast/processes";
import type { ClusterFolder } from "./cluster-folder.ts";

/** What Node runs: the source, or what was built from it. */
const LAST_DUTY = fileURLToPath(new URL(`guardian-main${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));

/**
 * A line on standard input dismisses it. The end of the input without one means that the process which held the other
 * end is gone, however it ended: the kernel closes the pipe.
 */
const WAIT = 'read -r line && exit 0; exec "$@"';

export type Guardian = {
  /** The server was left in order. */
  dismiss(): void;
};

/**
 * Starts a shell (1 MB) that waits for this process's end and then stops the server on the folder, if no other process
 * uses it. It has a session of its own: what ends the terminal or the process group of its parent does not end it.
 * `temporary`: it also removes the folder.
 */
export function startGuardian(folder: ClusterFolder, temporary: boolean): Guardian {
  const identity = processIdentity(process.pid) ?? "";
  const duty = [process.execPath, LAST_DUTY, folder.root, identity, temporary ? "temporary" : "kept"];
  const child = spawn("/bin/sh", ["-c", WAIT, "ballast-guardian", ...duty], {
    cwd: "/",
    env: { PATH: process.env.PATH ?? "/usr/bin:/bin" },
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Without it, what a killed process leaves running is stopped by the next start.
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.unref();
  if ("unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
  return { dismiss: () => void child.stdin.end("left\n") };
}
