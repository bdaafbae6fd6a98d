import { builder } from "./builder.ts";
import { RunMetricsRef } from "./metrics.ts";
import { RunRef } from "./run.ts";

builder.objectField(RunRef, "metrics", (t) =>
  t.field({
    type: RunMetricsRef,
    nullable: true,
    description: "Its metrics, such as its faults; null until it has completed or was stopped, and of a failed run.",
    resolve: (run, _args, { services }) => services.application.runs.getMetrics(run.id),
  }),
);
