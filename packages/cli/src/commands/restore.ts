import type { Command } from "commander";
import { gatherRun } from "../backup-argument.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { listOption } from "../option-rules.ts";
import type { Options } from "../actions/restore.ts";

export function addRestoreCommand(program: Command, cli: Cli): void {
  const command = program
    .command("restore")
    .description("add the runs of a backup to the database: all of them, or nothing if anything is wrong with the file")
    .argument("<file>", "what `ballast backup` made; - reads standard input")
    .addOption(listOption("--run <run>", "only this run of the backup: its id, first letters of it, or `latest`", gatherRun))
    .option("--skip-existing", "leave runs that exist as they are, and restore the others")
    .option("--check", "read the whole file and check it; restore nothing")
    .addOption(jsonOption("one JSON object"))
    .addOption(quietOption())
    .action(async (file: string, options: Options) => (await import("../actions/restore.ts")).restoreAction(cli, file, options));
  addExamples(command, [
    "restore ballast.backup",
    "restore ballast.backup --check",
    "restore ballast.backup --skip-existing",
    "restore - < one.backup",
  ]);
}
