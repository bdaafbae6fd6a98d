import type { Command } from "commander";
import { parseNames, parsePositive, parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { addExportOptions } from "../exports/export-options.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import type { Options } from "../actions/events.ts";

export function addEventsCommand(program: Command, cli: Cli): void {
  const command = program
    .command("events")
    .description("print the events of a run, in the order in which they happened")
    .argument("<run>", RUN_ARGUMENT)
    .option("--from <position>", "the first position", parsePositive)
    .option("--to <position>", "the last position, included", parsePositive)
    .option("--type <names>", "only these types, with commas between them, such as PageStolen,PageSwappedIn", parseNames)
    .option("--vm <number>", "only events of that VM; 0 for those of the host", parseWholeNumber)
    .option("--process <number>", "only events of that process of the VM", parsePositive)
    .option("--virtual-page <number>", "only events that name that page of the process; needs --vm and --process", parseWholeNumber)
    .option("--limit <n>", "maximum number", parsePositive)
    .addOption(jsonOption("one JSON object per line and event"));
  addExportOptions(command, "a row for each event, a column for each field of these types,");
  command.action(async (run: string, options: Options) => (await import("../actions/events.ts")).eventsAction(cli, run, options));
  addExamples(command, [
    "events latest | head",
    "events latest --type PageStolen,BalloonInflated --vm 2",
    "events latest --vm 1 --process 1 --virtual-page 3",
    "events latest --from 1000 --to 2000 --json",
    "events latest --parquet events.parquet",
  ]);
}
