import { type Cell, comparedVariants, type Experiment, type Variant } from "../../experiments/index.ts";
import { checkListLimit } from "../../api/paging/list-limit.ts";
import { builder } from "./builder.ts";
import { connectionOf, connectionOfSlice } from "./connection.ts";
import { ExperimentRef, ExperimentStatusEnum } from "./experiment.ts";
import { RunMetricsRef } from "./metrics.ts";
import { RunRef } from "./run.ts";
import { costsByPage, pageArgs } from "./table-args.ts";

/** The names from before experiments, for clients that were written then: views of the same things. */
export const COMPARISON_DEPRECATED = "A comparison is an experiment.";

type Entry = { readonly variant: Variant; readonly cell: Cell };

const EntryRef = builder.objectRef<Entry>("ComparisonEntry").implement({
  description: "One policy of a comparison, under one seed.",
  fields: (t) => ({
    label: t.string({
      description:
        "What it is called in this comparison, as the command line takes it: the policy's name, and the parameters that are " +
        "not at their defaults or differ from those of the same policy beside it.",
      resolve: ({ variant }) => variant.label,
    }),
    policyName: t.string({ description: "The policy's name.", resolve: ({ variant }) => variant.policyName }),
    policyVersion: t.string({ description: "Its version.", resolve: ({ variant }) => variant.policyVersion }),
    parameters: t.field({ type: "Json", description: "Its parameters, complete.", resolve: ({ variant }) => variant.parameters }),
    run: t.field({ type: RunRef, nullable: true, description: "Its run; null once that was deleted.", resolve: ({ cell }) => cell.run }),
    metrics: t.field({
      type: RunMetricsRef,
      nullable: true,
      description: "Its metrics; null until the run has completed.",
      resolve: ({ cell }) => cell.metrics,
    }),
  }),
});

export const ComparisonRef = builder.objectRef<Experiment>("Comparison").implement({
  description: "Several policies on the same scenario and seed: a view of an experiment.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Its id, opaque: that of the experiment." }),
    experiment: t.field({ type: ExperimentRef, description: "The experiment.", resolve: (experiment) => experiment }),
    scenarioName: t.exposeString("scenarioName", { description: "Name of the scenario." }),
    seed: t.field({ type: "BigInt", description: "The first of its seeds.", resolve: ({ seeds }) => seeds[0]! }),
    status: t.field({ type: ExperimentStatusEnum, description: "How far it is.", resolve: ({ status }) => status }),
    createdAt: t.field({ type: "DateTime", description: "When it was asked for.", resolve: ({ createdAt }) => createdAt }),
    entries: t.field({
      type: [EntryRef],
      description: "The policies, in the order in which they were named; of several seeds one after the other.",
      resolve: (experiment) => comparedVariants(experiment).flatMap((variant) => variant.cells.map((cell) => ({ variant, cell }))),
    }),
    notes: t.stringList({ description: "What a reader of the metrics has to know.", resolve: ({ notes }) => notes }),
  }),
});

const ComparisonConnectionRef = connectionOf<Experiment>("Comparison", "comparisons", ComparisonRef);

builder.queryFields((t) => ({
  comparisons: t.field({
    type: ComparisonConnectionRef,
    description: "The comparisons, newest first.",
    deprecationReason: `${COMPARISON_DEPRECATED} Use \`experiments\`.`,
    extensions: costsByPage,
    args: pageArgs,
    resolve: async (_root, { first, after }, { services }) => {
      const query = { first: checkListLimit(first), ...(after == null ? {} : { after }) };
      const { experiments } = services.application;
      const { items, ...page } = await experiments.listExperiments(query);
      return connectionOfSlice({ ...page, items: await Promise.all(items.map(({ id }) => experiments.getExperiment(id))) });
    },
  }),
  comparison: t.field({
    type: ComparisonRef,
    nullable: true,
    description: "One comparison; null, with the error EXPERIMENT_NOT_FOUND, if there is none of that id.",
    deprecationReason: `${COMPARISON_DEPRECATED} Use \`experiment\`.`,
    args: { id: t.arg.id({ required: true, description: "The comparison's id." }) },
    resolve: (_root, { id }, { services }) => services.application.experiments.getExperiment(id),
  }),
}));
