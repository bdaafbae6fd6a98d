import { BallastError } from "@ballast/core/errors";
import type { Application } from "@ballast/server/application";
import { type Experiment, runsOf, type StartExperiment } from "@ballast/server/experiments";
import type { Run } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { completeReadModels } from "../complete-read-models.ts";
import { followExperiment, type FollowOptions } from "../follow-experiment.ts";
import { stopRuns } from "../follow-run.ts";

/** `atInterruption`: whether its runs are stopped for good, or left for whoever continues the experiment. */
export type Execution = FollowOptions & { readonly atInterruption: "stop" | "leave" };

/** Starts an experiment, or takes up one that is known under its key, and waits for its end. */
export async function executeExperiment(
  cli: Cli,
  application: Application,
  input: StartExperiment,
  { atInterruption, ...following }: Execution,
): Promise<Experiment> {
  const { experiments } = application;
  const begun = await begin(application, input);
  const begunRuns = runsOf(begun);
  try {
    await followExperiment(cli, application, { experiment: begun, scenario: input.scenario }, following);
  } catch (error) {
    if (cli.signal.aborted) await interrupt(cli, application, begunRuns, atInterruption);
    throw error;
  }
  if (begun.keeps === "events") await completeReadModels(application, begunRuns, cli.signal);
  return await experiments.getExperiment(begun.id);
}

async function begin({ experiments }: Application, input: StartExperiment): Promise<Experiment> {
  try {
    return await experiments.startExperiment(input);
  } catch (error) {
    if (!(error instanceof BallastError) || error.code !== "IDEMPOTENCY_CONFLICT") throw error;
    const message = "This command began the same before, with other versions of its policies: --anew makes it again, beside what is kept.";
    throw new BallastError("IDEMPOTENCY_CONFLICT", message, { cause: error });
  }
}

async function interrupt(
  { progress }: Cli,
  { runs }: Application,
  begun: readonly Run[],
  atInterruption: Execution["atInterruption"],
): Promise<void> {
  const ids = begun.map(({ id }) => id);
  if (atInterruption === "stop") await stopRuns(runs, ids);
  else progress.say(`Interrupted: the same command continues its ${ids.length} runs where they are.`);
}
