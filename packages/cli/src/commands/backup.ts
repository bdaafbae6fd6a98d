import type { Command } from "commander";
import { gatherRun } from "../backup-argument.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { listOption } from "../option-rules.ts";
import type { Options } from "../actions/backup.ts";

export function addBackupCommand(program: Command, cli: Cli): void {
  const command = program
    .command("backup")
    .description("save runs with all their events, and the traces and comparisons they belong to, in one file")
    .argument("<file>", "file to be made; - writes to standard output")
    .addOption(listOption("--run <run>", "only this run: its id, first letters of it, or `latest`", gatherRun))
    .addOption(jsonOption("one JSON object; not with -"))
    .addOption(quietOption())
    .action(async (file: string, options: Options) => (await import("../actions/backup.ts")).backupAction(cli, file, options));
  addExamples(command, ["backup ballast.backup", "backup one.backup --run latest", "backup - | ssh elsewhere 'cat > ballast.backup'"]);
}
