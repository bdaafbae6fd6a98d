import { BallastError } from "@ballast/core/errors";
import type { Scenario } from "@ballast/core/scenario";
import type { Application } from "@ballast/server/application";
import { DEFAULT_SEED_COUNT, runsOf, type StartExperiment, type Variant } from "@ballast/server/experiments";
import type { Keeps } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { checkExperimentOptions, type ExperimentOptions, experimentOptionsOf, putOutExperiment } from "../exports/experiment-output.ts";
import { findScenario } from "../find-scenario.ts";
import { combinationsOf, countCombinations, type Grid } from "../grid.ts";
import { showCount, showDuration } from "@ballast/core/quantities";
import type { PolicyChoice } from "../policy-choice.ts";
import { requireCompleted } from "../require-completed.ts";
import { checkReportOption, type ReportOption } from "../report/report-option.ts";
import { writeExperimentReport } from "../report/write-report.ts";
import { variantsFrom } from "../variant-choices.ts";
import { withApplication } from "../with-application.ts";
import { executeExperiment } from "./execute-experiment.ts";
import { experimentKey, keySuffix } from "./experiment-key.ts";

export type Options = ExperimentOptions &
  ReportOption & {
    readonly policy: readonly PolicyChoice[];
    readonly set?: Grid;
    readonly seeds?: number | readonly number[];
    readonly uncommitted: boolean;
    readonly keep: Keeps;
    readonly anew?: true;
    readonly yes?: true;
  };

/** More runs than these are started only with `--yes`. */
const MAX_UNASKED = 10_000;

/**
 * Runs a grid. The same command on the same scenario takes up the sweep that it began before: runs that have ended are not made again.
 */
export async function sweepAction(cli: Cli, text: string, options: Options): Promise<void> {
  const { policy, set = {} } = options;
  checkExperimentOptions(options);
  checkReportOption(options);
  requireConsent(options);
  const variants = combinationsOf(set).flatMap((values) => variantsFrom(policy, values));
  await withApplication(cli, { execute: "own" }, async (application) => {
    const scenario = await findScenario(cli, application, text);
    const input = inputOf(scenario, variants, options);
    const known = await application.experiments.findExperimentOfKey(input.idempotencyKey);
    if (known !== undefined) cli.progress.say(`Continuing sweep ${known.id}: what is done already is not done again.`);
    const experiment = await executeExperiment(cli, application, input, {
      atInterruption: "leave",
      onPoint: async (variant) => cli.progress.say(await pointLine(application, variant)),
    });
    await putOutExperiment(cli, experiment, experimentOptionsOf(options));
    await writeExperimentReport(cli, application, experiment, options);
    for (const run of runsOf(experiment)) requireCompleted(run);
  });
}

function inputOf(
  scenario: Scenario,
  variants: StartExperiment["variants"],
  { seeds, uncommitted, keep, anew }: Options,
): StartExperiment & { readonly idempotencyKey: string } {
  const asked = { kind: "sweep" as const, scenario, variants, uncommitted, keep, ...(seeds === undefined ? {} : { seeds }) };
  return { ...asked, idempotencyKey: experimentKey(asked, keySuffix(anew)) };
}

/** A result as soon as it is there, for people who wait. */
async function pointLine({ runs }: Application, { label, cells }: Variant): Promise<string> {
  const metrics = await Promise.all(cells.flatMap(({ run }) => (run === null ? [] : [runs.getMetrics(run.id)])));
  const timesNs = metrics.flatMap((ofRun) => ofRun?.workNs ?? []);
  if (timesNs.length === 0) return `${label}: no run completed its work`;
  const mean = timesNs.reduce((sum, ns) => sum + ns, 0) / timesNs.length;
  const runsText = timesNs.length === cells.length ? showCount(cells.length) : `${timesNs.length} of ${cells.length}`;
  return `${label}: work time ${showDuration(mean)}, mean of ${runsText} ${cells.length === 1 ? "run" : "runs"}`;
}

function requireConsent({ policy, set = {}, seeds = DEFAULT_SEED_COUNT, yes }: Options): void {
  const seedCount = typeof seeds === "number" ? seeds : seeds.length;
  const points = countCombinations(set) * policy.length;
  const runs = points * seedCount;
  if (yes === true || runs <= MAX_UNASKED) return;
  const what = `${showCount(points)} points with ${showCount(seedCount)} seeds are ${showCount(runs)} runs, and their references besides`;
  throw new BallastError("INPUT_INVALID", `${what}. Take fewer values or seeds, or add --yes if that is what you want.`);
}
