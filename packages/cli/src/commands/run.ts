import type { Command } from "commander";
import { type Assignments, parseAssignment, parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { keepOption } from "../keep-option.ts";
import { listOption } from "../option-rules.ts";
import { parsePolicyChoice, POLICY_SYNTAX } from "../policy-choice.ts";
import { REPORT_OPTION } from "../report/report-option.ts";
import { SCENARIO_ARGUMENT } from "../scenario-argument.ts";
import type { Options } from "../actions/run.ts";

export function addRunCommand(program: Command, cli: Cli): void {
  const command = program
    .command("run")
    .description("execute a scenario under a policy, and keep every event")
    .argument("[scenario]", SCENARIO_ARGUMENT)
    .option("--policy <policy>", `${POLICY_SYNTAX}; by default the scenario's own policy`, parsePolicyChoice)
    .addOption(listOption<Assignments>("--set <name=value>", "a parameter of the policy", parseAssignment))
    .option("--seed <n>", "instead of the scenario's seed", parseWholeNumber)
    .addOption(keepOption())
    .option("--again <run>", "instead of a scenario: a kept run, whose events are made (again) and compared with its digest")
    .option("--follow", "print every event as soon as it is stored")
    .addOption(jsonOption("the run as one JSON object at the end; with --follow one object per event before it"))
    .addOption(quietOption())
    .option(...REPORT_OPTION)
    .action(async (scenario: string | undefined, options: Options) =>
      (await import("../actions/run.ts")).runAction(cli, scenario, options),
    );
  addExamples(command, [
    "run sample --policy ballooning",
    "run sample --policy ballooning --set taxRate=0.5 --seed 7 --json",
    "run sample --policy ballooning:taxRate=0.5:periodMs=200",
    "run ./my-scenario.json --policy no-reclaim --follow",
    "run sample --policy esx --keep figures",
    "run --again latest",
  ]);
}
