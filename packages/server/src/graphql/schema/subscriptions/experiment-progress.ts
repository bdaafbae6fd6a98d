import { setTimeout as sleep } from "node:timers/promises";
import type { Application } from "../../../application/index.ts";
import { cancellable } from "../../../api/tail/cancellable.ts";
import { type Experiment, runsOf } from "../../../experiments/index.ts";
import { isFinal } from "../../../runs/index.ts";
import { builder } from "../builder.ts";
import { COMPARISON_DEPRECATED, ComparisonRef } from "../comparison.ts";
import { ExperimentRef } from "../experiment.ts";

/** Between two messages; what happens meanwhile is in the later one. */
const INTERVAL_MS = 200;
/** Runs that are watched at a time: an executor takes up the first ones first. */
const MAX_WATCHED = 32;

const DESCRIPTION = "its state now, then each change of its runs, until all are final. Lossy: only the newest state counts.";

builder.subscriptionFields((t) => ({
  experimentProgress: t.field({
    type: ExperimentRef,
    description: `An experiment: ${DESCRIPTION}`,
    args: { experiment: t.arg.id({ required: true, description: "The experiment's id." }) },
    subscribe: (_root, args, { services, signal }) => follow(services.application, args.experiment, signal),
    resolve: (experiment) => experiment,
  }),
  comparisonProgress: t.field({
    type: ComparisonRef,
    description: `A comparison: ${DESCRIPTION}`,
    deprecationReason: `${COMPARISON_DEPRECATED} Use \`experimentProgress\`.`,
    args: { comparison: t.arg.id({ required: true, description: "The comparison's id." }) },
    subscribe: (_root, args, { services, signal }) => follow(services.application, args.comparison, signal),
    resolve: (experiment) => experiment,
  }),
}));

async function follow(application: Application, id: string, signal: AbortSignal): Promise<AsyncIterable<Experiment>> {
  const first = await application.experiments.getExperiment(id);
  return cancellable(signal, (until) => progressOf(application, first, until));
}

async function* progressOf(application: Application, first: Experiment, signal: AbortSignal): AsyncGenerator<Experiment, void, void> {
  let experiment = first;
  for (;;) {
    yield experiment;
    if (experiment.status !== "running") return;
    await sleep(INTERVAL_MS, undefined, { signal });
    await anyProgress(application, experiment, signal);
    experiment = await application.experiments.getExperiment(experiment.id);
  }
}

/** Waits until one of the runs that are not final has come further. */
async function anyProgress({ runs }: Application, experiment: Experiment, signal: AbortSignal): Promise<void> {
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  const going = runsOf(experiment)
    .filter(({ status }) => !isFinal(status))
    .sort((left, right) => Number(left.status === "queued") - Number(right.status === "queued") || left.logId - right.logId);
  const waits = going.slice(0, MAX_WATCHED).map((run) => runs.watchRun(run.id).wait(run.headPosition, either, run.status));
  try {
    if (waits.length > 0) await Promise.race(waits);
  } finally {
    enough.abort();
    await Promise.allSettled(waits);
  }
}
