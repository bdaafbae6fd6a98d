import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { type Grid, parseGridOption } from "../grid.ts";
import { addExperimentOptions } from "../exports/experiment-output.ts";
import { keepOption } from "../keep-option.ts";
import { listOption } from "../option-rules.ts";
import { parsePolicyChoices, POLICY_SYNTAX } from "../policy-choice.ts";
import { SCENARIO_ARGUMENT } from "../scenario-argument.ts";
import { seedsOption } from "../seeds-option.ts";
import { REPORT_OPTION } from "../report/report-option.ts";
import type { Options } from "../actions/sweep.ts";

export function addSweepCommand(program: Command, cli: Cli): void {
  const command = program
    .command("sweep")
    .description("run a grid of parameters on the same scenario and seeds; stopped and started again it does what is missing")
    .argument("<scenario>", SCENARIO_ARGUMENT)
    .addOption(listOption("--policy <policies>", `with commas between them: ${POLICY_SYNTAX}`, parsePolicyChoices).makeOptionMandatory())
    .addOption(
      listOption<Grid>(
        "--set <name=values>",
        "values with commas between them, or from:to:step, of a parameter of the policy, or of the scenario (scenario.host.framePages=...)",
        parseGridOption,
      ),
    )
    .addOption(seedsOption())
    .option("--no-uncommitted", "no runs without overcommitment beside the others: no slowdowns are known then")
    .option("--anew", "a new sweep, although this one was made before")
    .option("--yes", "also more than 10,000 runs")
    .addOption(keepOption())
    .addOption(jsonOption("one JSON object"))
    .addOption(quietOption());
  addExperimentOptions(command)
    .option(...REPORT_OPTION)
    .action(async (text: string, options: Options) => (await import("../actions/sweep.ts")).sweepAction(cli, text, options));
  addExamples(command, [
    "sweep sample --policy esx --set taxRate=0:0.9:0.1 --seeds 20 --keep figures",
    "sweep sample --policy esx --set taxRate=0.25,0.75 --parquet sweep.parquet",
    "sweep sample --policy esx,ballooning --set scenario.host.framePages=2048,3072,4096 --seeds 3,5,8",
  ]);
}
