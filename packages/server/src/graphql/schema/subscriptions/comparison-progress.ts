import { setTimeout as sleep } from "node:timers/promises";
import { type Comparison, isFinal, type RunService } from "../../../runs/index.ts";
import { cancellable } from "../../../api/tail/cancellable.ts";
import { builder } from "../builder.ts";
import { ComparisonRef } from "../comparison.ts";

/** Between two messages; what happens meanwhile is in the later one. */
const INTERVAL_MS = 200;

builder.subscriptionField("comparisonProgress", (t) =>
  t.field({
    type: ComparisonRef,
    description: "A comparison: its state now, then each change of its runs, until all are final. Lossy: only the newest state counts.",
    args: { comparison: t.arg.id({ required: true, description: "The comparison's id." }) },
    subscribe: async (_root, args, { services, signal }) => {
      const { runs } = services.application;
      const first = await runs.getComparison(args.comparison);
      return cancellable(signal, (until) => progressOf(runs, first, until));
    },
    resolve: (comparison) => comparison,
  }),
);

async function* progressOf(runs: RunService, first: Comparison, signal: AbortSignal): AsyncGenerator<Comparison, void, void> {
  let comparison = first;
  for (;;) {
    yield comparison;
    if (comparison.status !== "running") return;
    await sleep(INTERVAL_MS, undefined, { signal });
    await anyProgress(runs, comparison, signal);
    comparison = await runs.getComparison(comparison.id);
  }
}

/** Waits until one of the runs that are not final has come further. */
async function anyProgress(runs: RunService, { entries }: Comparison, signal: AbortSignal): Promise<void> {
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  const going = entries.flatMap(({ run }) => (run === null || isFinal(run.status) ? [] : [run]));
  const waits = going.map((run) => runs.watchRun(run.id).wait(run.headPosition, either, run.status));
  try {
    if (waits.length > 0) await Promise.race(waits);
  } finally {
    enough.abort();
    await Promise.allSettled(waits);
  }
}
