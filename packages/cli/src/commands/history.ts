import type { Command } from "commander";
import type { Options } from "../actions/history.ts";
import { parsePositive, parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import { PAGE_OPTION, parsePageText, PROCESS_OPTION, REAL_PAGE_OPTION, VM_OPTION } from "../page-options.ts";

export function addHistoryCommand(program: Command, cli: Cli): void {
  const command = program
    .command("history")
    .description("print everything that happened to one virtual page, real page or frame")
    .argument("<run>", RUN_ARGUMENT)
    .option(...VM_OPTION)
    .option(...PROCESS_OPTION)
    .option(...PAGE_OPTION, parsePageText)
    .option(...REAL_PAGE_OPTION, parseWholeNumber)
    .option("--frame <n>", "the frame of the host", parseWholeNumber)
    .option("--limit <n>", "maximum number of events", parsePositive)
    .addOption(jsonOption("one JSON object per line and event"))
    .action(async (run: string, options: Options) => (await import("../actions/history.ts")).historyAction(cli, run, options));
  addExamples(command, [
    "history latest --vm 1 --process 1 --page 3",
    "history latest --vm giving --real-page 2",
    "history latest --frame 0 --limit 20 --json",
  ]);
}
