import { immutableField } from "../../api/immutable.ts";
import { builder } from "./builder.ts";
import { runReaching } from "./run-reaching.ts";
import { RunRef } from "./run.ts";

builder.queryField("run", (t) =>
  t.field({
    type: RunRef,
    nullable: true,
    description: "One run; null, with the error RUN_NOT_FOUND in `errors`, if there is none of that id.",
    extensions: immutableField,
    args: {
      id: t.arg.id({ required: true, description: "The run's id, its first letters (at least 4), or `latest`." }),
      atLeastPosition: t.arg({
        type: "BigInt",
        required: false,
        description: "Waits, for a bounded time, until the run has come to this position: read your own writes.",
      }),
    },
    resolve: async (_root, { id, atLeastPosition }, context) => {
      const run = await context.services.application.runs.findRun(id);
      // Another run may be the latest soon, or the id's first letters fit several.
      if (run.id !== id) context.immutable?.refuse();
      return atLeastPosition == null ? run : await runReaching(run.id, atLeastPosition, context);
    },
  }),
);
