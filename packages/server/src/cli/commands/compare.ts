import type { Command } from "commander";
import type { Application } from "../../application/index.ts";
import { parseNames, parseWholeNumber } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { completeReadModels } from "../complete-read-models.ts";
import { followComparison } from "../follow-comparison.ts";
import { stopRuns } from "../follow-run.ts";
import { comparisonShape } from "../presentation/comparison-shape.ts";
import { comparisonLines } from "../presentation/comparison-lines.ts";
import { findScenario, SCENARIO_ARGUMENT } from "../scenario-argument.ts";
import { withApplication } from "../with-application.ts";
import { requireCompleted } from "../require-completed.ts";

type Options = { readonly policies: readonly string[]; readonly seed?: number; readonly json?: true };

export function addCompareCommand(program: Command, cli: Cli): void {
  const command = program
    .command("compare")
    .description("run several policies on the same scenario and seed, and compare their figures")
    .argument("<scenario>", SCENARIO_ARGUMENT)
    .requiredOption("--policies <names>", "installed policies, with commas between them", parseNames)
    .option("--seed <n>", "instead of the scenario's seed", parseWholeNumber)
    .addOption(jsonOption("one JSON object"))
    .addOption(quietOption())
    .action((scenario: string, options: Options) =>
      withApplication(cli, { execute: true }, (application) => compare(cli, application, scenario, options)),
    );
  addExamples(command, [
    "compare sample --policies ballooning,idle-steal,random-steal,no-reclaim",
    "compare ./my-scenario.json --policies ballooning,no-reclaim --seed 7 --json",
  ]);
}

async function compare(cli: Cli, application: Application, text: string, options: Options): Promise<void> {
  const { runs } = application;
  const scenario = await findScenario(cli, application, text);
  const begun = await runs.comparePolicies({
    scenario,
    policies: options.policies.map((name) => ({ name })),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const begunRuns = begun.entries.flatMap(({ run }) => run ?? []);
  try {
    await followComparison(cli, application, begun, scenario);
  } catch (error) {
    if (cli.signal.aborted) await stopRuns(runs, begunRuns.map(({ id }) => id));
    throw error;
  }
  await completeReadModels(application, begunRuns, cli.signal);
  const comparison = await runs.getComparison(begun.id);
  if (options.json === true) await cli.output.json(comparisonShape(comparison));
  else for (const line of comparisonLines(comparison, cli.output)) await cli.output.line(line);
  for (const { run } of comparison.entries) if (run !== null) requireCompleted(run);
}
