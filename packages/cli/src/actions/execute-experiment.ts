import type { Application } from "@ballast/server/application";
import { type Experiment, runsOf, type StartExperiment } from "@ballast/server/experiments";
import type { Cli } from "../cli.ts";
import { completeReadModels } from "../complete-read-models.ts";
import { followExperiment, type FollowOptions } from "../follow-experiment.ts";
import { stopRuns } from "../follow-run.ts";

/** `atInterruption`: whether its runs are stopped for good, or left for whoever continues the experiment. */
export type Execution = FollowOptions & { readonly atInterruption: "stop" | "leave"; readonly onBegun?: (begun: Experiment) => void };

/** Starts an experiment, or takes up one that is known under its key, and waits for its end. */
export async function executeExperiment(
  cli: Cli,
  application: Application,
  input: StartExperiment,
  { atInterruption, onBegun, ...following }: Execution,
): Promise<Experiment> {
  const { experiments, runs } = application;
  const begun = await experiments.startExperiment(input);
  onBegun?.(begun);
  const begunRuns = runsOf(begun);
  try {
    await followExperiment(cli, application, { experiment: begun, scenario: input.scenario }, following);
  } catch (error) {
    if (cli.signal.aborted && atInterruption === "stop")
      await stopRuns(
        runs,
        begunRuns.map(({ id }) => id),
      );
    throw error;
  }
  if (begun.keeps === "events") await completeReadModels(application, begunRuns, cli.signal);
  return await experiments.getExperiment(begun.id);
}
