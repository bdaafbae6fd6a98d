import type { Cli } from "./cli.ts";
import { listenForInterruption } from "./interruption.ts";
import { Output } from "./output/output.ts";
import { Progress } from "./output/progress.ts";
import { runCommandLine } from "./run-command-line.ts";

/** Carries out this process's command line. */
export async function runProcess(): Promise<void> {
  const words = process.argv.slice(2);
  const progress = new Progress(process.stderr, words.includes("--quiet"));
  const interruption = listenForInterruption((message) => progress.say(message));
  const cli: Cli = {
    output: new Output(process.stdout),
    progress,
    signal: interruption.signal,
    environment: process.env,
    folder: process.cwd(),
  };
  process.exitCode = await runCommandLine(cli, words, process.stderr);
  interruption.stopListening();
  // What was given up half-way (a connection that was still being tried) must not keep the process.
  if (interruption.signal.aborted) process.exit();
}
