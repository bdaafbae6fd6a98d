#!/usr/bin/env node
import type { Cli } from "./cli.ts";
import { listenForInterruption } from "./interruption.ts";
import { Output } from "./output/output.ts";
import { Progress } from "./output/progress.ts";
import { runCommandLine } from "./run-command-line.ts";

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
