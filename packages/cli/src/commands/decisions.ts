import type { Command } from "commander";
import { parsePositive } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { addExportOptions } from "../exports/export-options.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import type { Options } from "../actions/decisions.ts";
import { VM_OPTION } from "../page-options.ts";

export function addDecisionsCommand(program: Command, cli: Cli): void {
  const command = program
    .command("decisions")
    .description("print what the policy of a run decided, why, and what came of it")
    .argument("<run>", RUN_ARGUMENT)
    .option(VM_OPTION[0], "only decisions that concern that VM, by its number or name; 0 for those that concern none")
    .option("--limit <n>", "maximum number", parsePositive)
    .addOption(jsonOption("one JSON object per line and decision"));
  addExportOptions(command, "a row for each decision");
  command.action(async (run: string, options: Options) => (await import("../actions/decisions.ts")).decisionsAction(cli, run, options));
  addExamples(command, ["decisions latest --limit 10", "decisions latest --vm 2 --json", "decisions latest --parquet decisions.parquet"]);
}
