import type { Command } from "commander";
import type { BalloonOptions, TouchOptions } from "../actions/send.ts";
import { parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import { PAGE_OPTION, parsePageText, PROCESS_OPTION, REAL_PAGE_OPTION, VM_OPTION } from "../page-options.ts";

const EXECUTED = "; a server (or another command) of the same database executes it";
const JSON_SHAPE = "the run and the position of the command's event as one JSON object";

/** Commands to the simulated machine of a run that a server (or another command) executes. */
export function addSendCommands(program: Command, cli: Cli): void {
  const touch = program
    .command("touch")
    .description(`have a process access a page, or a guest's kernel a real page${EXECUTED}`)
    .argument("<run>", RUN_ARGUMENT)
    .requiredOption(...VM_OPTION)
    .option(...PROCESS_OPTION)
    .option(...PAGE_OPTION, parsePageText)
    .option("--write", "the process writes; otherwise it reads")
    .option(REAL_PAGE_OPTION[0], "instead: a real page that the guest's kernel accesses; one in the balloon pops", parseWholeNumber)
    .addOption(jsonOption(JSON_SHAPE))
    .addOption(quietOption())
    .action(async (run: string, options: TouchOptions) => (await import("../actions/send.ts")).touchAction(cli, run, options));
  addExamples(touch, ["touch latest --vm 1 --process 1 --page 3 --write", "touch latest --vm giving --real-page 2"]);
  const balloon = program
    .command("balloon")
    .description(`set the balloon target of a VM: how many pages its guest is to give up in all${EXECUTED}`)
    .argument("<run>", RUN_ARGUMENT)
    .requiredOption(...VM_OPTION)
    .requiredOption("--target <pages>", "pages in all, not a change", parseWholeNumber)
    .addOption(jsonOption(JSON_SHAPE))
    .addOption(quietOption())
    .action(async (run: string, options: BalloonOptions) => (await import("../actions/send.ts")).balloonAction(cli, run, options));
  addExamples(balloon, ["balloon latest --vm 1 --target 2", "balloon 01990f3c --vm giving --target 0 --json"]);
}
