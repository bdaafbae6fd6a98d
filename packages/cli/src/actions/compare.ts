import { BallastError } from "@ballast/core/errors";
import { runsOf, type StartExperiment } from "@ballast/server/experiments";
import type { Keeps } from "@ballast/server/runs";
import type { Assignments } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { checkExperimentOptions, type ExperimentOptions, experimentOptionsOf, putOutExperiment } from "../exports/experiment-output.ts";
import { findScenario } from "../find-scenario.ts";
import type { PolicyChoice } from "../policy-choice.ts";
import { requireCompleted } from "../require-completed.ts";
import { checkReportOption, type ReportOption } from "../report/report-option.ts";
import { writeExperimentReport } from "../report/write-report.ts";
import { isScenarioFile } from "../scenario-argument.ts";
import { baselineFrom, variantsFrom } from "../variant-choices.ts";
import { withApplication } from "../with-application.ts";
import { executeExperiment } from "./execute-experiment.ts";

export type Options = ExperimentOptions &
  ReportOption & {
    readonly policies?: readonly PolicyChoice[];
    readonly set?: Assignments;
    readonly seed?: number;
    readonly seeds?: number | readonly number[];
    readonly baseline?: string;
    readonly bounds?: true;
    /** False: no run without overcommitment beside the others. */
    readonly uncommitted: boolean;
    readonly keep: Keeps;
  };

export async function compareAction(cli: Cli, text: string, { policies, ...options }: Options): Promise<void> {
  checkExperimentOptions(options);
  checkReportOption(options);
  if (policies === undefined) await showKept(cli, text, options);
  else await compareNow(cli, text, { ...options, policies });
}

/** Without policies nothing can be compared: what is named is an experiment that is kept. */
async function showKept(cli: Cli, text: string, options: Options): Promise<void> {
  const { set, seed, seeds, baseline, bounds } = options;
  const isForNow = [set, seed, seeds, baseline, bounds].some((option) => option !== undefined);
  if (isForNow || isScenarioFile(text)) throw policiesMissing(text);
  await withApplication(cli, { execute: false }, async (application) => {
    const { experiments, scenarios } = application;
    const names = (await scenarios.listScenarios()).map(({ name }) => name);
    if (names.includes(text)) throw policiesMissing(text);
    const experiment = await experiments.findExperiment(text);
    await putOutExperiment(cli, experiment, experimentOptionsOf(options));
    await writeExperimentReport(cli, application, experiment, options);
  });
}

function policiesMissing(text: string): BallastError {
  const example = `ballast compare ${text} --policies ballooning,no-reclaim`;
  return new BallastError("INPUT_INVALID", `Name the policies to compare, such as: ${example}`);
}

async function compareNow(cli: Cli, text: string, options: Options & { policies: readonly PolicyChoice[] }): Promise<void> {
  const settings = settingsOf(options);
  await withApplication(cli, { execute: "own" }, async (application) => {
    const scenario = await findScenario(cli, application, text);
    const experiment = await executeExperiment(cli, application, { scenario, ...settings }, { atInterruption: "stop" });
    await putOutExperiment(cli, experiment, experimentOptionsOf(options));
    await writeExperimentReport(cli, application, experiment, options);
    for (const run of runsOf(experiment)) requireCompleted(run);
  });
}

function settingsOf({
  policies,
  set = {},
  seed,
  seeds,
  baseline,
  bounds,
  uncommitted,
  keep,
}: Options & { policies: readonly PolicyChoice[] }): Omit<StartExperiment, "scenario"> {
  if (seed !== undefined && seeds !== undefined) {
    throw new BallastError("INPUT_INVALID", "--seed is one seed, --seeds are several: give one of them.");
  }
  const wanted = seed === undefined ? seeds : [seed];
  return {
    variants: variantsFrom(policies, set),
    baseline: baselineFrom(policies, baseline),
    uncommitted,
    keep,
    ...(wanted === undefined ? {} : { seeds: wanted }),
    ...(bounds === undefined ? {} : { bounds }),
  };
}
