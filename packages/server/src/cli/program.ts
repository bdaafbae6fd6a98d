import { Command } from "commander";
import type { Cli } from "./cli.ts";
import { addCompareCommand } from "./commands/compare.ts";
import { addRunCommand } from "./commands/run.ts";
import { addRunsCommand } from "./commands/runs.ts";
import { addVerifyCommand } from "./commands/verify.ts";

/** The whole command line. Wrong usage throws a CommanderError after its message was written. */
export function createProgram(cli: Cli, version: string): Command {
  const program = new Command("ballast")
    .description("A laboratory for memory overcommitment with a time machine.")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print help; `ballast <command> --help` shows examples")
    .helpCommand("help [command]", "print the help of a command")
    .showHelpAfterError("(add --help to see what is allowed)")
    .exitOverride();
  addRunCommand(program, cli);
  addCompareCommand(program, cli);
  addRunsCommand(program, cli);
  addVerifyCommand(program, cli);
  return program;
}
