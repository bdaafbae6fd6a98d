import type { Command } from "commander";
import type { Options } from "../actions/translate.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import { PAGE_OPTION, parseAddress, parsePageText, PROCESS_OPTION, VM_OPTION } from "../page-options.ts";
import { MOMENT, parseMoment } from "../simulated-time.ts";

export function addTranslateCommand(program: Command, cli: Cli): void {
  const command = program
    .command("translate")
    .description("follow a virtual page through every table, as it was at any moment of a run")
    .argument("<run>", RUN_ARGUMENT)
    .requiredOption(...VM_OPTION)
    .option(...PROCESS_OPTION, "1")
    .option(...PAGE_OPTION, parsePageText)
    .option("--address <address>", "instead of the page: an address in bytes, decimal or 0x hexadecimal", parseAddress)
    .option("--at <moment>", MOMENT, parseMoment, "latest")
    .addOption(jsonOption("one JSON object"))
    .action(async (run: string, options: Options) => (await import("../actions/translate.ts")).translateAction(cli, run, options));
  addExamples(command, [
    "translate latest --vm 1 --page 3",
    'translate latest --vm giving --process colours --page "dark blue" --at 1.4s',
    "translate latest --vm 2 --address 0x3f20 --json",
  ]);
}
