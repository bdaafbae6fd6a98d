import type { Writable } from "node:stream";
import { BallastError } from "@ballast/core/errors";
import { CommanderError } from "commander";
import { packageVersion } from "@ballast/server/package-version";
import type { Cli } from "./cli.ts";
import { ChildEnded, EXIT_CODES, exitNameOf, type ExitName } from "./exit-code.ts";
import { Interrupted } from "./interruption.ts";
import { OutputClosed } from "./output/output.ts";
import { ProcessFault } from "./serve/process-faults.ts";
import { otherOwners } from "./option-rules.ts";
import { createProgram } from "./program.ts";
import { reportError } from "./report-error.ts";

/** Carries out one command line and gives the exit code. Everything that was started is stopped by then. */
export async function runCommandLine(cli: Cli, words: readonly string[], errors: Writable): Promise<number> {
  const end = await carryOut(cli, words, errors);
  return typeof end === "number" ? end : EXIT_CODES[end].code;
}

async function carryOut(cli: Cli, words: readonly string[], errors: Writable): Promise<ExitName | number> {
  const asJson = words.includes("--json");
  const program = createProgram(cli, packageVersion(), (text) => void (asJson || errors.write(text)));
  try {
    await program.parseAsync(words, { from: "user" });
    return "ok";
  } catch (error) {
    cli.progress.clear();
    if (error instanceof OutputClosed) return "ok";
    if (error instanceof ChildEnded) return error.code;
    if (error instanceof Interrupted) return error.exitName;
    if (error instanceof ProcessFault) return "failed";
    if (error instanceof CommanderError) {
      describeUsage(errors, error, { asJson, owners: otherOwners(program, error) });
      return error.exitCode === 0 ? "ok" : "wrongInput";
    }
    // What an interruption tears down fails in its own way; the reason is the interruption.
    if (cli.signal.aborted && cli.signal.reason instanceof Interrupted) return cli.signal.reason.exitName;
    const { databaseError } = await import("@ballast/server/database");
    const told = databaseError(error);
    reportError(errors, told, asJson);
    return exitNameOf(told);
  }
}

/** For machines, wrong usage is an error like any other; people have got Commander's message already. */
function describeUsage(
  errors: Writable,
  { message, exitCode }: CommanderError,
  { asJson, owners }: { readonly asJson: boolean; readonly owners: string | undefined },
): void {
  if (exitCode === 0) return;
  const text = [message.replace(/^error: /, ""), ...(owners === undefined ? [] : [owners])].join("\n");
  if (asJson) reportError(errors, new BallastError("INPUT_INVALID", text), asJson);
  else if (owners !== undefined) errors.write(`${owners}\n`);
}
