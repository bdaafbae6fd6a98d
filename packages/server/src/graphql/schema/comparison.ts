import type { Comparison, ComparisonEntry } from "../../runs/index.ts";
import { connectionOf, connectionOfSlice } from "./connection.ts";
import { checkListLimit } from "../../api/paging/list-limit.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";
import { RunMetricsRef } from "./metrics.ts";
import { RunRef } from "./run.ts";
import { costsByPage, pageArgs } from "./table-args.ts";

const ComparisonStatusEnum = builder.enumType("ComparisonStatus", {
  description: "How far a comparison is.",
  values: enumValues([
    ["Running", "running", "Not every run is final yet."],
    ["Completed", "completed", "Every run has completed."],
    ["Failed", "failed", "At least one run has failed or was stopped."],
  ] as const),
});

const EntryRef = builder.objectRef<ComparisonEntry>("ComparisonEntry").implement({
  description: "One policy of a comparison.",
  fields: (t) => ({
    label: t.exposeString("label", {
      description:
        "What it is called in this comparison, as the command line takes it: the policy's name, and the parameters that are " +
        "not at their defaults or differ from those of the same policy beside it.",
    }),
    policyName: t.exposeString("policyName", { description: "The policy's name." }),
    policyVersion: t.exposeString("policyVersion", { description: "Its version." }),
    parameters: t.field({
      type: "Json",
      description: "Its parameters, complete.",
      resolve: (entry) => entry.parameters,
    }),
    run: t.field({
      type: RunRef,
      nullable: true,
      description: "Its run; null once that was deleted.",
      resolve: (entry) => entry.run,
    }),
    metrics: t.field({
      type: RunMetricsRef,
      nullable: true,
      description: "Its metrics; null until the run has completed.",
      resolve: (entry) => entry.metrics,
    }),
  }),
});

export const ComparisonRef = builder.objectRef<Comparison>("Comparison").implement({
  description: "Several policies on the same scenario and seed: one run each.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Its id, opaque." }),
    scenarioName: t.exposeString("scenarioName", { description: "Name of the scenario." }),
    seed: t.field({
      type: "BigInt",
      description: "The number that fixes all randomness.",
      resolve: (comparison) => comparison.seed,
    }),
    status: t.field({
      type: ComparisonStatusEnum,
      description: "How far it is.",
      resolve: (comparison) => comparison.status,
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was asked for.",
      resolve: (comparison) => comparison.createdAt,
    }),
    entries: t.field({
      type: [EntryRef],
      description: "The policies, in the order in which they were named.",
      resolve: (comparison) => comparison.entries,
    }),
    notes: t.stringList({
      description: "What a reader of the metrics has to know.",
      resolve: (comparison) => comparison.notes,
    }),
  }),
});

const ComparisonConnectionRef = connectionOf<Comparison>("Comparison", "comparisons", ComparisonRef);

builder.queryFields((t) => ({
  comparisons: t.field({
    type: ComparisonConnectionRef,
    description: "The comparisons, newest first.",
    extensions: costsByPage,
    args: pageArgs,
    resolve: async (_root, { first, after }, { services }) => {
      const query = { first: checkListLimit(first), ...(after == null ? {} : { after }) };
      return connectionOfSlice(await services.application.runs.listComparisons(query));
    },
  }),
  comparison: t.field({
    type: ComparisonRef,
    nullable: true,
    description: "One comparison; null, with the error COMPARISON_NOT_FOUND, if there is none of that id.",
    args: { id: t.arg.id({ required: true, description: "The comparison's id." }) },
    resolve: (_root, { id }, { services }) => services.application.runs.getComparison(id),
  }),
}));
