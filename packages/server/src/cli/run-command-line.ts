import { readFileSync } from "node:fs";
import type { Writable } from "node:stream";
import { CommanderError } from "commander";
import type { Cli } from "./cli.ts";
import { EXIT_CODES, exitNameOf, type ExitName } from "./exit-code.ts";
import { Interrupted } from "./interruption.ts";
import { OutputClosed } from "./output/output.ts";
import { createProgram } from "./program.ts";
import { reportError } from "./report-error.ts";

/** Carries out one command line and gives the exit code. Everything that was started is stopped by then. */
export async function runCommandLine(cli: Cli, words: readonly string[], errors: Writable): Promise<number> {
  return EXIT_CODES[await carryOut(cli, words, errors)].code;
}

async function carryOut(cli: Cli, words: readonly string[], errors: Writable): Promise<ExitName> {
  const program = createProgram(cli, packageVersion());
  try {
    await program.parseAsync(words, { from: "user" });
    return "ok";
  } catch (error) {
    cli.progress.clear();
    if (error instanceof OutputClosed) return "ok";
    if (error instanceof Interrupted) return error.exitName;
    // Commander has written its message, or the help, already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? "ok" : "wrongInput";
    // What an interruption tears down fails in its own way; the reason is the interruption.
    if (cli.signal.aborted && cli.signal.reason instanceof Interrupted) return cli.signal.reason.exitName;
    reportError(errors, error, words.includes("--json"));
    return exitNameOf(error);
  }
}

function packageVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
