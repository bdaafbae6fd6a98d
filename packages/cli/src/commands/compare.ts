import type { Command } from "commander";
import { type Assignments, parseAssignment, parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { addExperimentOptions } from "../exports/experiment-output.ts";
import { keepOption } from "../keep-option.ts";
import { listOption } from "../option-rules.ts";
import { parsePolicyChoices, POLICY_SYNTAX } from "../policy-choice.ts";
import { SCENARIO_ARGUMENT } from "../scenario-argument.ts";
import { seedsOption } from "../seeds-option.ts";
import { REPORT_OPTION } from "../report/report-option.ts";
import type { Options } from "../actions/compare.ts";

export function addCompareCommand(program: Command, cli: Cli): void {
  const command = program
    .command("compare")
    .description("run several policies on the same scenario and seeds, and compare their metrics; or show a kept comparison")
    .argument("<scenario>", `${SCENARIO_ARGUMENT}; without --policies: the id of a comparison, or \`latest\``)
    .addOption(listOption("--policies <policies>", `with commas between them: ${POLICY_SYNTAX}`, parsePolicyChoices))
    .addOption(
      listOption<Assignments>(
        "--set <name=value>",
        "a parameter of every compared policy, or a value of the scenario: scenario.host.framePages=4096",
        parseAssignment,
      ),
    )
    .addOption(seedsOption())
    .option("--seed <n>", "one seed alone, which gives no verdict", parseWholeNumber)
    .option("--baseline <policy>", "the policy that the others are compared with, by its name or place; by default the first")
    .option("--bounds", "also the policies that know the future, as bounds")
    .option("--no-uncommitted", "no runs without overcommitment beside the others: no slowdowns are known then")
    .addOption(keepOption())
    .addOption(jsonOption("one JSON object"))
    .addOption(quietOption());
  addExperimentOptions(command)
    .option(...REPORT_OPTION)
    .action(async (text: string, options: Options) => (await import("../actions/compare.ts")).compareAction(cli, text, options));
  addExamples(command, [
    "compare sample --policies ballooning,idle-steal,random-steal,no-reclaim",
    "compare sample --policies host-swap:order=lru,host-swap:order=fifo --seeds 3,5,8",
    "compare ./my-scenario.json --policies ballooning,no-reclaim --seed 7 --json",
    "compare sample --policies esx,ballooning --set scenario.host.framePages=2048 --bounds",
    "compare latest --csv",
    "compare latest --report report.html",
  ]);
}
