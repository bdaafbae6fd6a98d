import type { Command } from "commander";
import { type Assignments, parseAssignment, parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { listOption } from "../option-rules.ts";
import { parsePolicyChoices, POLICY_SYNTAX } from "../policy-choice.ts";
import { SCENARIO_ARGUMENT } from "../scenario-argument.ts";
import type { Options } from "../actions/compare.ts";

export function addCompareCommand(program: Command, cli: Cli): void {
  const command = program
    .command("compare")
    .description("run several policies on the same scenario and seed, and compare their metrics; or show a kept comparison")
    .argument("<scenario>", `${SCENARIO_ARGUMENT}; without --policies: the id of a comparison, or \`latest\``)
    .addOption(listOption("--policies <policies>", `with commas between them: ${POLICY_SYNTAX}`, parsePolicyChoices))
    .addOption(listOption<Assignments>("--set <name=value>", "a parameter of every compared policy", parseAssignment))
    .option("--seed <n>", "instead of the scenario's seed", parseWholeNumber)
    .addOption(jsonOption("one JSON object"))
    .addOption(quietOption())
    .action(async (text: string, options: Options) => (await import("../actions/compare.ts")).compareAction(cli, text, options));
  addExamples(command, [
    "compare sample --policies ballooning,idle-steal,random-steal,no-reclaim",
    "compare sample --policies host-swap:order=lru,host-swap:order=fifo",
    "compare ./my-scenario.json --policies ballooning,no-reclaim --seed 7 --json",
    "compare latest",
  ]);
}
