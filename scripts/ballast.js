#!/usr/bin/env node
// The `ballast` command of a clone: installs what is missing, then runs the command line on the project's own Node.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, nodeForSources, projectFolder } from "./toolchain.js";

const commandLineFile = join(projectFolder, "packages/cli/src/main.ts");

try {
  await ensureInstalled();
  run();
} catch (error) {
  console.error(`ballast: ${error.message}`);
  process.exitCode = 1;
}

function run() {
  const child = spawn(nodeForSources(), [commandLineFile, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: {
      // Given from outside it holds the first module too, which is otherwise loaded before there is a cache: 50 ms.
      NODE_COMPILE_CACHE: join(projectFolder, "node_modules", ".cache", "compiled"),
      ...process.env,
      // With it the command notices if this process is killed, and ends too.
      BALLAST_LAUNCHER: String(process.pid),
    },
  });
  // A terminal's Ctrl-C reaches both processes: the command takes the two for one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => {
    console.error(`ballast: cannot run ${child.spawnfile}: ${error.message}`);
    process.exitCode = 1;
  });
  child.once("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
