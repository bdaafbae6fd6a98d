import { findLaunchers, watchLaunchers } from "@ballast/processes";
import type { Cli } from "./cli.ts";
import { listenForInterruption } from "./interruption.ts";
import { Output } from "./output/output.ts";
import { Progress } from "./output/progress.ts";
import { runCommandLine } from "./run-command-line.ts";

/** Carries out this process's command line. */
export async function runProcess(): Promise<void> {
  const words = withoutColours(process.argv.slice(2), process.env);
  const progress = new Progress(process.stderr, words.includes("--quiet"));
  const interruption = listenForInterruption((message) => progress.say(message));
  watchLaunchers(findLaunchers(process.env), ({ name, pid }) => {
    progress.say(`${name} (process ${pid}), which started this, has ended.`);
    interruption.interrupt("SIGTERM");
  });
  const cli: Cli = {
    output: new Output(process.stdout, () => progress.clear()),
    progress,
    signal: interruption.signal,
    handOver: interruption.handOver,
    environment: process.env,
    folder: process.cwd(),
  };
  process.exitCode = await runCommandLine(cli, words, process.stderr);
  interruption.stopListening();
  // What was given up half-way (a connection that was still being tried) must not keep the process.
  if (interruption.signal.aborted) process.exit();
}

/** `--no-color` of any command means what NO_COLOR in the environment means; it wins over FORCE_COLOR. */
function withoutColours(words: readonly string[], environment: NodeJS.ProcessEnv): string[] {
  if (words.includes("--no-color")) {
    environment["NO_COLOR"] = "1";
    delete environment["FORCE_COLOR"];
  }
  return words.filter((word) => word !== "--no-color");
}
