import type { Command } from "commander";
import { parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { addExportOptions } from "../exports/export-options.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import type { Options } from "../actions/series.ts";

export function addSeriesCommand(program: Command, cli: Cli): void {
  const command = program
    .command("series")
    .description("print how every metric of a run went over simulated time, as CSV unless another form is asked for")
    .argument("<run>", RUN_ARGUMENT)
    .option("--vm <number>", "only that VM; 0 for the host", parseWholeNumber)
    .addOption(jsonOption("one JSON object per line, VM and moment"));
  addExportOptions(command, "a row for each moment that is kept of the host and each VM");
  command.action(async (run: string, options: Options) => (await import("../actions/series.ts")).seriesAction(cli, run, options));
  addExamples(command, ["series latest --csv series.csv", "series latest --vm 2 --json", "series latest --parquet series.parquet"]);
}
