import type { Application } from "@ballast/server/application";
import type { Run, RunProgress, StartRun } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { completeReadModels } from "../complete-read-models.ts";
import { EventPrinter } from "../event-printer.ts";
import { accessesExpected } from "../follow-experiment.ts";
import { followRun, stopRuns } from "../follow-run.ts";
import { showCount } from "../output/quantities.ts";
import { type PolicyChoice, withParameters } from "../policy-choice.ts";
import { runLines } from "../presentation/run-lines.ts";
import { runShape } from "../presentation/run-shape.ts";
import { requireCompleted } from "../require-completed.ts";
import { findScenario } from "../find-scenario.ts";
import { withApplication } from "../with-application.ts";
import type { Assignments } from "../arguments.ts";

export type Options = {
  readonly policy?: PolicyChoice;
  readonly set?: Assignments;
  readonly seed?: number;
  readonly follow?: true;
  readonly json?: true;
};

export async function runAction(cli: Cli, scenario: string, options: Options): Promise<void> {
  await withApplication(cli, { execute: "own" }, (application) => startRun(cli, application, scenario, options));
}

async function startRun(cli: Cli, application: Application, text: string, options: Options): Promise<void> {
  const scenario = await findScenario(cli, application, text);
  const input: StartRun = {
    scenario,
    ...policyOf(options),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  };
  const begun = await application.runs.startRun(input);
  const expected = await accessesExpected(application, scenario);
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
  await completeReadModels(application, [begun], cli.signal);
  cli.progress.clear();
  await report(cli, application, begun.id, options.json === true);
}

function policyOf({ policy, set = {} }: Options): Pick<StartRun, "policy" | "parameters" | "fromDefaults"> {
  if (policy === undefined) return { parameters: set };
  const { name, ...settings } = withParameters(policy, set);
  return { policy: name, ...settings };
}

function printerOf({ output, signal }: Cli, { pool }: Application, { logId }: Run, asJson: boolean): EventPrinter {
  return new EventPrinter({ output, signal, pool, run: logId, asJson });
}

async function report({ output, progress }: Cli, { runs }: Application, id: string, asJson: boolean): Promise<void> {
  const [run, metrics] = await Promise.all([runs.getRun(id), runs.getMetrics(id)]);
  if (asJson) await output.json({ ...runShape(run), metrics });
  else for (const line of runLines(run, metrics)) await output.line(line);
  if (run.status === "waiting") progress.say("It waits for commands: send them through the API of `ballast serve`.");
  if (run.status === "paused") progress.say("It is paused: `ballast resume` lets it continue beside `ballast serve`.");
  requireCompleted(run);
}

function showProgress({ progress }: Cli, { policyName }: Run, state: RunProgress, expected: number | undefined): void {
  progress.update({
    label: `Running ${policyName}`,
    fraction: expected === undefined ? undefined : Math.min(1, state.accesses / expected),
    detail: `${showCount(state.headPosition)} events`,
  });
}
