import { BallastError } from "@ballast/core/errors";
import type { Application } from "@ballast/server/application";
import type { ComparePolicies, Comparison } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { completeReadModels } from "../complete-read-models.ts";
import { followComparison } from "../follow-comparison.ts";
import { stopRuns } from "../follow-run.ts";
import { type PolicyChoice, withParameters } from "../policy-choice.ts";
import { printComparison } from "../presentation/print-comparison.ts";
import { requireCompleted } from "../require-completed.ts";
import { findScenario } from "../find-scenario.ts";
import { isScenarioFile } from "../scenario-argument.ts";
import { withApplication } from "../with-application.ts";
import type { Assignments } from "../arguments.ts";

export type Options = {
  readonly policies?: readonly PolicyChoice[];
  readonly set?: Assignments;
  readonly seed?: number;
  readonly json?: true;
};

export async function compareAction(cli: Cli, text: string, { policies, ...options }: Options): Promise<void> {
  if (policies === undefined) await showKept(cli, text, options);
  else await compareNow(cli, text, { ...options, policies });
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
    if (cli.signal.aborted)
      await stopRuns(
        runs,
        begunRuns.map(({ id }) => id),
      );
    throw error;
  }
  await completeReadModels(application, begunRuns, cli.signal);
  return await runs.getComparison(begun.id);
}
