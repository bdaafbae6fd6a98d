import { listTraces, type Scenario } from "@ballast/core/scenario";
import type { Application } from "@ballast/server/application";
import type { Experiment, Variant } from "@ballast/server/experiment";
import { isFinal } from "@ballast/server/run";
import { getTrace } from "@ballast/server/traces";
import type { Cli } from "./cli.ts";
import { ExperimentProgress, type Part } from "./experiment-progress.ts";
import { expectedAccesses } from "./expected-accesses.ts";
import { followRun } from "./follow-run.ts";

/** Runs that are watched at a time; those that follow are queued behind them. */
const MAX_WATCHED = 16;

/** `onPoint` hears of each variant whose runs have all ended while they were followed. */
export type FollowOptions = { readonly onPoint?: (variant: Variant) => Promise<void> };

/** Waits for every run of an experiment, and shows how far they are together. */
export async function followExperiment(
  cli: Cli,
  application: Application,
  { experiment, scenario }: { readonly experiment: Experiment; readonly scenario: Scenario },
  { onPoint }: FollowOptions = {},
): Promise<void> {
  const progress = new ExperimentProgress(cli.progress, experiment, await accessesExpected(application, scenario));
  const left = progress.parts.filter(({ status }) => !isFinal(status));
  const open = new Map<number, number>();
  for (const { place } of left) open.set(place, (open.get(place) ?? 0) + 1);
  const followNext = async (): Promise<void> => {
    for (let part = left.shift(); part !== undefined; part = left.shift()) {
      await followPart(cli, application, progress, part);
      open.set(part.place, open.get(part.place)! - 1);
      if (open.get(part.place) === 0) await onPoint?.(experiment.variants[part.place]!);
    }
  };
  await Promise.all(Array.from({ length: MAX_WATCHED }, followNext));
  cli.progress.clear();
}

async function followPart(cli: Cli, { runs }: Application, progress: ExperimentProgress, part: Part): Promise<void> {
  await followRun(runs, part.id, cli.signal, ({ accesses, headPosition: events, status }) => {
    progress.update(part, { accesses, events, status });
  });
}

/** Of one run; undefined if that cannot be known before it has ended. */
export async function accessesExpected({ pool }: Application, scenario: Scenario): Promise<number | undefined> {
  const references = new Map<string, number>();
  for (const name of listTraces(scenario)) references.set(name, (await getTrace(pool, name)).referenceCount);
  return expectedAccesses(scenario, references);
}
