import type { Command } from "commander";
import { parseNames } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import type { Options } from "../actions/reproduce.ts";

export function addReproduceCommand(program: Command, cli: Cli): void {
  const command = program
    .command("reproduce")
    .description("run every check of the simulator against published and derived figures")
    .option("--only <names>", "ids of checks, or subjects, with commas between them", parseNames)
    .option("--list", "list the checks without running them")
    .option("--write <folder>", "also write fidelity.md and its charts into a folder, as docs has them")
    .addOption(jsonOption("one JSON object per line and check"))
    .addOption(quietOption())
    .action(async (options: Options) => (await import("../actions/reproduce.ts")).reproduceAction(cli, options));
  addExamples(command, [
    "reproduce",
    "reproduce --list",
    "reproduce --only laws,replacement.textbook-string --json",
    "reproduce --write docs",
  ]);
}
