import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import type { Options } from "../actions/verify.ts";

export function addVerifyCommand(program: Command, cli: Cli): void {
  const command = program
    .command("verify")
    .description("check everything stored of a run, then execute it again and compare every event")
    .argument("[run]", RUN_ARGUMENT)
    .option("--quick", "check checksums, positions and digests only, and list all that is damaged")
    .option("--all", "every run")
    .addOption(jsonOption("one JSON object per run"))
    .addOption(quietOption())
    .action(async (text: string | undefined, options: Options) => (await import("../actions/verify.ts")).verifyAction(cli, text, options));
  addExamples(command, ["verify latest", "verify --quick --all", "verify 01990f3c-7a1e-7c3a-9d0e-2f6f8f2b4a11 --json"]);
}
