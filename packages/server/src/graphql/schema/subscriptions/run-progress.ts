import { setTimeout as sleep } from "node:timers/promises";
import { isFinal, type RunProgress, type RunService } from "../../../runs/index.ts";
import { cancellable } from "../../../api/tail/cancellable.ts";
import { builder } from "../builder.ts";
import { RunStatusEnum } from "../enums.ts";
import { RunErrorRef } from "../run.ts";

/** Between two messages; what happens meanwhile is in the later one. */
const INTERVAL_MS = 100;

const ProgressRef = builder.objectRef<RunProgress>("RunProgress").implement({
  description: "How far a run is.",
  fields: (t) => ({
    status: t.field({ type: RunStatusEnum, description: "Its state.", resolve: (progress) => progress.status }),
    headPosition: t.field({
      type: "BigInt",
      description: "Position of its last event.",
      resolve: (progress) => progress.headPosition,
    }),
    headTimeNs: t.field({
      type: "BigInt",
      description: "Simulated time of that event, in ns.",
      resolve: (progress) => progress.headTimeNs,
    }),
    accesses: t.field({
      type: "BigInt",
      description: "Accesses that its VMs have made.",
      resolve: (progress) => progress.accesses,
    }),
    error: t.field({
      type: RunErrorRef,
      nullable: true,
      description: "Why it has failed; null if it has not.",
      resolve: (progress) => progress.error,
    }),
  }),
});

builder.subscriptionField("runProgress", (t) =>
  t.field({
    type: ProgressRef,
    description: "How far a run is: its state now, then each change, until it is final. Lossy: only the newest state counts.",
    args: { run: t.arg.id({ required: true, description: "The run's id." }) },
    subscribe: async (_root, args, { services, signal }) => {
      const { runs } = services.application;
      const run = await runs.getRun(args.run);
      return cancellable(signal, (until) => progressOf(runs, run.id, run, until));
    },
    resolve: (progress) => progress,
  }),
);

async function* progressOf(runs: RunService, id: string, first: RunProgress, signal: AbortSignal): AsyncGenerator<RunProgress, void, void> {
  const watch = runs.watchRun(id);
  let progress = first;
  for (;;) {
    yield progress;
    if (isFinal(progress.status)) return;
    await sleep(INTERVAL_MS, undefined, { signal });
    progress = await watch.wait(progress.headPosition, signal, progress.status);
  }
}
