import { BallastError } from "@ballast/core/errors";
import type { Application } from "@ballast/server/application";
import type { Keeps, Run, RunProgress, StartRun } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { completeReadModels } from "../complete-read-models.ts";
import { EventPrinter } from "../event-printer.ts";
import { accessesExpected } from "../follow-experiment.ts";
import { followRun, stopRuns } from "../follow-run.ts";
import { showCount } from "@ballast/core/quantities";
import { type PolicyChoice, withParameters } from "../policy-choice.ts";
import { checkReportOption, type ReportOption } from "../report/report-option.ts";
import { writeRunReport } from "../report/write-report.ts";
import { runLines } from "../presentation/run-lines.ts";
import { runShape } from "../presentation/run-shape.ts";
import { requireCompleted } from "../require-completed.ts";
import { findRun } from "../find-run.ts";
import { againInput, requireEqual, sourceOf } from "../run-again.ts";
import { findScenario } from "../find-scenario.ts";
import { withApplication } from "../with-application.ts";
import type { Assignments } from "../arguments.ts";

export type Options = ReportOption & {
  readonly policy?: PolicyChoice;
  readonly set?: Assignments;
  readonly seed?: number;
  readonly keep: Keeps;
  readonly again?: string;
  readonly follow?: true;
  readonly json?: true;
};

export async function runAction(cli: Cli, scenario: string | undefined, options: Options): Promise<void> {
  const source = sourceOf(scenario, options);
  checkReportOption(options);
  if (options.keep === "figures" && options.follow === true)
    throw new BallastError("INPUT_INVALID", "--follow prints events: leave out --keep figures.");
  await withApplication(cli, { execute: "own" }, async (application) => {
    const first = "again" in source ? await findRun(application.runs, source.again) : undefined;
    const input =
      first === undefined
        ? await inputOf(cli, application, (source as { scenario: string }).scenario, options)
        : await againInput(application, first);
    const digest = await execute(cli, application, input, options);
    if (first !== undefined) requireEqual(first, digest);
  });
}

async function inputOf(cli: Cli, application: Application, text: string, { keep, seed, ...options }: Options): Promise<StartRun> {
  return { scenario: await findScenario(cli, application, text), ...policyOf(options), keep, ...(seed === undefined ? {} : { seed }) };
}

/** Starts a run and follows it to its end. @returns its digest. */
async function execute(cli: Cli, application: Application, input: StartRun, options: Options): Promise<string> {
  const begun = await application.runs.startRun(input);
  const expected = await accessesExpected(application, input.scenario);
  const printer = options.follow === true ? printerOf(cli, application, begun, options.json === true) : undefined;
  const onProgress = async (progress: RunProgress): Promise<void> => {
    if (printer === undefined) showProgress(cli, begun, progress, expected);
    else await printer.printUpTo(progress.headPosition);
  };
  try {
    await followRun(application.runs, begun.id, cli.signal, onProgress);
  } catch (error) {
    const isStopped = await stopRuns(application.runs, [begun.id]);
    cli.progress.say(
      isStopped
        ? `Stopped run ${begun.id}; what it has done is kept.`
        : `Run ${begun.id} could not be stopped; what is stored is kept, and \`ballast serve\` continues it.`,
    );
    throw error;
  }
  if (begun.keeps === "events") await completeReadModels(application, [begun], cli.signal);
  cli.progress.clear();
  await writeRunReport(cli, application, await application.runs.getRun(begun.id), options);
  return await report(cli, application, begun.id, options.json === true);
}

function policyOf({ policy, set = {} }: Pick<Options, "policy" | "set">): Pick<StartRun, "policy" | "parameters" | "fromDefaults"> {
  if (policy === undefined) return { parameters: set };
  const { name, ...settings } = withParameters(policy, set);
  return { policy: name, ...settings };
}

function printerOf({ output, signal }: Cli, { pool }: Application, { logId }: Run, asJson: boolean): EventPrinter {
  return new EventPrinter({ output, signal, pool, run: logId, asJson });
}

async function report({ output, progress }: Cli, { runs }: Application, id: string, asJson: boolean): Promise<string> {
  const [run, metrics] = await Promise.all([runs.getRun(id), runs.getMetrics(id)]);
  if (asJson) await output.json({ ...runShape(run), metrics });
  else for (const line of runLines(run, metrics)) await output.line(line);
  if (run.status === "waiting") progress.say("It waits for commands: send them through the API of `ballast serve`.");
  if (run.status === "paused") progress.say("It is paused: `ballast resume` lets it continue beside `ballast serve`.");
  requireCompleted(run);
  return run.digest;
}

function showProgress({ progress }: Cli, { policyName }: Run, state: RunProgress, expected: number | undefined): void {
  progress.update({
    label: `Running ${policyName}`,
    fraction: expected === undefined ? undefined : Math.min(1, state.accesses / expected),
    detail: `${showCount(state.headPosition)} events`,
  });
}
