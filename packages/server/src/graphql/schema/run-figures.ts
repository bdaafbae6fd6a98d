import { builder } from "./builder.ts";
import { RunFiguresRef } from "./figures.ts";
import { RunRef } from "./run.ts";

builder.objectField(RunRef, "figures", (t) =>
  t.field({
    type: RunFiguresRef,
    nullable: true,
    description: "Its figures, such as its faults; null until it has completed or was stopped, and of a failed run.",
    resolve: (run, _args, { services }) => services.application.runs.getFigures(run.id),
  }),
);
