import { BallastError } from "@ballast/core/errors";
import type { Command } from "commander";
import type { Application } from "@ballast/server/application";
import type { ComparePolicies, Comparison } from "@ballast/server/runs";
import { type Assignments, parseAssignment, parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { completeReadModels } from "../complete-read-models.ts";
import { followComparison } from "../follow-comparison.ts";
import { stopRuns } from "../follow-run.ts";
import { listOption } from "../option-rules.ts";
import { parsePolicyChoices, POLICY_SYNTAX, type PolicyChoice, withParameters } from "../policy-choice.ts";
import { printComparison } from "../presentation/print-comparison.ts";
import { requireCompleted } from "../require-completed.ts";
import { findScenario, isScenarioFile, SCENARIO_ARGUMENT } from "../scenario-argument.ts";
import { withApplication } from "../with-application.ts";

type Options = {
  readonly policies?: readonly PolicyChoice[];
  readonly set?: Assignments;
  readonly seed?: number;
  readonly json?: true;
};

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
    .action(async (text: string, { policies, ...options }: Options) => {
      if (policies === undefined) await showKept(cli, text, options);
      else await compareNow(cli, text, { ...options, policies });
    });
  addExamples(command, [
    "compare sample --policies ballooning,idle-steal,random-steal,no-reclaim",
    "compare sample --policies host-swap:order=lru,host-swap:order=fifo",
    "compare ./my-scenario.json --policies ballooning,no-reclaim --seed 7 --json",
    "compare latest",
  ]);
}

/** Without policies nothing can be compared: what is named is a comparison that is kept. */
async function showKept(cli: Cli, text: string, { set, seed, json }: Options): Promise<void> {
  if (set !== undefined || seed !== undefined || isScenarioFile(text)) throw policiesMissing(text);
  await withApplication(cli, { execute: false }, async ({ runs, scenarios }) => {
    const names = (await scenarios.listScenarios()).map(({ name }) => name);
    if (names.includes(text)) throw policiesMissing(text);
    await printComparison(cli, await runs.findComparison(text), json === true);
  });
}

function policiesMissing(text: string): BallastError {
  const example = `ballast compare ${text} --policies ballooning,no-reclaim`;
  return new BallastError("INPUT_INVALID", `Name the policies to compare, such as: ${example}`);
}

async function compareNow(cli: Cli, text: string, options: Options & { policies: readonly PolicyChoice[] }): Promise<void> {
  const { policies, set = {}, seed } = options;
  const choices = policies.map((choice) => withParameters(choice, set));
  await withApplication(cli, { execute: "own" }, async (application) => {
    const scenario = await findScenario(cli, application, text);
    const input = { scenario, policies: choices, ...(seed === undefined ? {} : { seed }) };
    const comparison = await execute(cli, application, input);
    await printComparison(cli, comparison, options.json === true);
    for (const { run } of comparison.entries) if (run !== null) requireCompleted(run);
  });
}

async function execute(cli: Cli, application: Application, input: ComparePolicies): Promise<Comparison> {
  const { runs } = application;
  const begun = await runs.comparePolicies(input);
  const begunRuns = begun.entries.flatMap(({ run }) => run ?? []);
  try {
    await followComparison(cli, application, begun, input.scenario);
  } catch (error) {
    if (cli.signal.aborted) await stopRuns(runs, begunRuns.map(({ id }) => id));
    throw error;
  }
  await completeReadModels(application, begunRuns, cli.signal);
  return await runs.getComparison(begun.id);
}
