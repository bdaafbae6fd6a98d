import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { RUN_ARGUMENT } from "../find-run.ts";
import { MOMENT, parseMoment } from "../simulated-time.ts";
import type { Options } from "../actions/state.ts";

export function addStateCommand(program: Command, cli: Cli): void {
  const command = program
    .command("state")
    .description("show the host and its VMs as they were at any moment of a run")
    .argument("<run>", RUN_ARGUMENT)
    .option("--at <moment>", MOMENT, parseMoment, "latest")
    .addOption(jsonOption("one JSON object"))
    .action(async (run: string, options: Options) => (await import("../actions/state.ts")).stateAction(cli, run, options));
  addExamples(command, ["state latest", "state latest --at 1200", "state latest --at 3.5ms --json"]);
}
