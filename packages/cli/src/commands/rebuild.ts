import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import type { Options } from "../actions/rebuild.ts";

export function addRebuildCommand(program: Command, cli: Cli): void {
  const command = program
    .command("rebuild")
    .description("drop what was computed from a run's events (time series, summaries, keyframes), and make it again")
    .argument("[run]", RUN_ARGUMENT)
    .option("--all", "every run")
    .addOption(jsonOption("one JSON object per line and run"))
    .addOption(quietOption())
    .action(async (text: string | undefined, options: Options) =>
      (await import("../actions/rebuild.ts")).rebuildAction(cli, text, options),
    );
  addExamples(command, ["rebuild latest", "rebuild --all"]);
}
