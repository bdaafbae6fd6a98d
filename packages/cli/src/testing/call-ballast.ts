import { Writable } from "node:stream";
import type { Cli } from "../cli.ts";
import { Output } from "../output/output.ts";
import { Progress } from "../output/progress.ts";
import { runCommandLine } from "../run-command-line.ts";
import type { Finished } from "./run-ballast.ts";

/** Carries out one command line within this process, which is quicker than a process of its own. */
export async function callBallast(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  folder = "/",
): Promise<Finished> {
  const [stdout, stderr] = [new Gathered(), new Gathered()];
  const cli: Cli = {
    output: new Output(stdout),
    progress: new Progress(stderr, words.includes("--quiet")),
    signal: new AbortController().signal,
    handOver: () => () => undefined,
    environment,
    folder,
  };
  const code = await runCommandLine(cli, words, stderr);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

class Gathered extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
