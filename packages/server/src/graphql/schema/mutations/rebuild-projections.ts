import { rebuildRuns } from "../../../runs/execution.ts";
import { expectingFailures } from "../../errors/answerable.ts";
import { needs } from "../../engine/use-scopes.ts";
import { builder } from "../builder.ts";
import { orFailure } from "./failing.ts";

const RebuildInput = builder.inputType("RebuildProjectionsInput", {
  description: "What to compute again.",
  fields: (t) => ({ run: t.field({ type: "ID", description: "Only for this run; for all if not given." }) }),
});

const PayloadRef = builder.objectRef<{ readonly count: number }>("RebuildProjectionsPayload").implement({
  description: "What was computed again.",
  fields: (t) => ({
    runCount: t.exposeInt("count", {
      description: "Runs whose series, summary, decisions, keyframes and results were made again.",
    }),
  }),
});

builder.mutationField("rebuildProjections", (t) =>
  t.field({
    type: PayloadRef,
    errors: orFailure("RebuildProjections"),
    ...needs("administer"),
    description: "Drops everything that was computed from events, and makes it again from them: the results are equal.",
    args: { input: t.arg({ type: RebuildInput, required: true, description: "What to compute again." }) },
    resolve: (_root, { input }, { services: { application } }) =>
      expectingFailures(async () => {
        const which = input.run == null ? "all" : (await application.runs.getRun(input.run)).logId;
        return { count: (await rebuildRuns(application.pool, which)).length };
      }),
  }),
);
