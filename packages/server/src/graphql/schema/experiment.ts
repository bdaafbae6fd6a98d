import { BallastError } from "@ballast/core/errors";
import { RELATIVE_RESULTS, type RelativeResultName, type RelativeResults, type VmSlowdown } from "@ballast/core/metrics";
import {
  type Cell,
  comparedVariants,
  type Experiment,
  type ExperimentHead,
  type ExperimentKind,
  type Variant,
  type VariantRole,
} from "../../experiments/index.ts";
import { analyseExperiment } from "../../experiments/analysis/index.ts";
import type { Services } from "../../api/services.ts";
import { checkListLimit } from "../../api/paging/list-limit.ts";
import { builder } from "./builder.ts";
import { ExperimentAnalysisRef } from "./experiment-analysis.ts";
import { connectionOf, connectionOfSlice } from "./connection.ts";
import { KeepsEnum } from "./enums.ts";
import { enumValues } from "./enum-values.ts";
import { RunMetricsRef } from "./metrics.ts";
import { RunRef } from "./run.ts";
import { costsByPage, pageArgs } from "./table-args.ts";

const MAX_ANALYSED_VARIANTS = 128;
const KINDS: readonly (readonly [string, ExperimentKind, string])[] = [
  ["Comparison", "comparison", "Several policies, with parameters of their own, on one scenario."],
  ["Sweep", "sweep", "A grid of values of parameters."],
  ["Capacity", "capacity", "A search for the most VMs, or the least memory, that keep a limit."],
];
const ROLES: readonly (readonly [string, VariantRole, string])[] = [
  ["Compared", "compared", "It was asked for."],
  ["Uncommitted", "uncommitted", "The same VMs on a host with memory for all of them, where nothing is reclaimed: the base of slowdowns."],
  ["Bound", "bound", "A policy that knows the future: what real ones can only approach."],
];

export const ExperimentKindEnum = builder.enumType("ExperimentKind", {
  description: "What asked for an experiment.",
  values: enumValues(KINDS),
});

const VariantRoleEnum = builder.enumType("VariantRole", {
  description: "Why a variant is part of an experiment.",
  values: enumValues(ROLES),
});

export const ExperimentStatusEnum = builder.enumType("ExperimentStatus", {
  description: "How far an experiment is.",
  values: enumValues([
    ["Running", "running", "Not every run is final yet."],
    ["Completed", "completed", "Every run has completed."],
    ["Failed", "failed", "At least one run has failed or was stopped."],
  ] as const),
});

const VmSlowdownRef = builder.objectRef<VmSlowdown>("VmSlowdown").implement({
  description: "A VM beside the same one without overcommitment.",
  fields: (t) => ({
    vm: t.exposeInt("vm", { description: "The VM's number, from 1." }),
    name: t.exposeString("name", { description: "Its name." }),
    slowdown: t.exposeFloat("slowdown", { nullable: true, description: "2: it took twice the time. Null if it has none." }),
    basis: t.exposeString("basis", {
      nullable: true,
      description:
        "Of what it is the ratio: `workTime`, or `accessRate` where its work was not completed in both runs; null if there is none.",
    }),
    missing: t.exposeString("missing", {
      nullable: true,
      description: "Why there is none: `idle`, `killed`, `notStarted`, `noProgress` or `notKnown`; null if there is one.",
    }),
  }),
});

const RelativeRef = builder.objectRef<RelativeResults>("RelativeMetrics").implement({
  description: "Results of a run beside the run of the same VMs and seed without overcommitment.",
  fields: (t) => ({
    ...Object.fromEntries(
      Object.entries(RELATIVE_RESULTS).map(([name, { description, unit }]) => [
        name,
        t.field({
          type: unit === "vms" ? "Int" : "Float",
          nullable: true,
          description,
          resolve: (relative) => relative[name as RelativeResultName],
        }),
      ]),
    ),
    vms: t.field({ type: [VmSlowdownRef], description: "Each VM's own.", resolve: ({ vms }) => vms }),
  }),
});

const CellRef = builder.objectRef<Cell>("ExperimentCell").implement({
  description: "One variant under one seed.",
  fields: (t) => ({
    seed: t.field({ type: "BigInt", description: "The seed.", resolve: ({ seed }) => seed }),
    run: t.field({ type: RunRef, nullable: true, description: "Its run; null once that was deleted.", resolve: ({ run }) => run }),
    metrics: t.field({
      type: RunMetricsRef,
      nullable: true,
      description: "Its metrics; null until the run has completed.",
      resolve: ({ metrics }) => metrics,
    }),
    relative: t.field({
      type: RelativeRef,
      nullable: true,
      description: "Its slowdowns; null until it and the run without overcommitment have completed, or if there is none.",
      resolve: ({ relative }) => relative,
    }),
  }),
});

export const VariantRef = builder.objectRef<Variant>("ExperimentVariant").implement({
  description: "A policy with parameters, and what it changes in the scenario: one run for each seed.",
  fields: (t) => ({
    label: t.exposeString("label", {
      description:
        "What it is called in this experiment: the policy's name, the parameters that are not at their defaults or differ from those of the " +
        "same policy beside it, and what it changes in the scenario.",
    }),
    role: t.field({ type: VariantRoleEnum, description: "Why it is part of the experiment.", resolve: ({ role }) => role }),
    policyName: t.exposeString("policyName", { description: "The policy's name." }),
    policyVersion: t.exposeString("policyVersion", { description: "Its version." }),
    parameters: t.field({ type: "Json", description: "Its parameters, complete.", resolve: ({ parameters }) => parameters }),
    overrides: t.field({
      type: "Json",
      description: "Values of the scenario that are others than in the experiment's scenario, by their paths.",
      resolve: ({ overrides }) => overrides,
    }),
    cells: t.field({ type: [CellRef], description: "One for each seed, in their order.", resolve: ({ cells }) => cells }),
  }),
});

/** Lists give heads; what takes the runs is read for those of which it is asked for, once. */
type Shown = Experiment | ExperimentHead;

const READ = new WeakMap<ExperimentHead, Promise<Experiment>>();

async function whole(shown: Shown, { services }: { readonly services: Services }): Promise<Experiment> {
  if ("variants" in shown) return shown;
  const reading = READ.get(shown) ?? services.application.experiments.getExperiment(shown.id);
  READ.set(shown, reading);
  return await reading;
}

export const ExperimentRef = builder.objectRef<Shown>("Experiment").implement({
  description: "One scenario under several variants and seeds: one run for each. Variants under the same seed meet the same accesses.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Its id, opaque." }),
    kind: t.field({ type: ExperimentKindEnum, description: "What asked for it.", resolve: ({ kind }) => kind }),
    scenarioName: t.exposeString("scenarioName", { description: "Name of the scenario." }),
    seeds: t.field({ type: ["BigInt"], description: "The seeds.", resolve: ({ seeds }) => [...seeds] }),
    keeps: t.field({ type: KeepsEnum, description: "What is kept of its runs.", resolve: ({ keeps }) => keeps }),
    status: t.field({ type: ExperimentStatusEnum, description: "How far it is.", resolve: ({ status }) => status }),
    createdAt: t.field({ type: "DateTime", description: "When it was asked for.", resolve: ({ createdAt }) => createdAt }),
    baseline: t.field({
      type: VariantRef,
      description: "The variant that the others are compared with.",
      resolve: async (shown, _args, context) => {
        const { variants, baseline } = await whole(shown, context);
        return variants[baseline]!;
      },
    }),
    variants: t.field({
      type: [VariantRef],
      description: "The compared ones first, in the order in which they were named; then those that stand beside them.",
      resolve: async (shown, _args, context) => (await whole(shown, context)).variants,
    }),
    analysis: t.field({
      type: ExperimentAnalysisRef,
      description:
        "What it shows, and how sure that is: each variant against the baseline, metric by metric, over the seeds. Refused with " +
        `QUERY_TOO_EXPENSIVE if there are more than ${MAX_ANALYSED_VARIANTS} compared variants.`,
      resolve: async (shown, _args, context) => {
        const experiment = await whole(shown, context);
        requireFew(comparedVariants(experiment).length);
        return analyseExperiment(experiment);
      },
    }),
    notes: t.stringList({
      description: "What a reader of the metrics has to know.",
      resolve: async (shown, _args, context) => (await whole(shown, context)).notes,
    }),
  }),
});

/** An analysis takes some milliseconds of the server's thread for each variant. */
function requireFew(variants: number): void {
  if (variants <= MAX_ANALYSED_VARIANTS) return;
  throw new BallastError(
    "QUERY_TOO_EXPENSIVE",
    `The experiment has ${variants} variants; the API analyses up to ${MAX_ANALYSED_VARIANTS}. \`ballast compare ID --json\` has the analysis of more.`,
  );
}

const ExperimentConnectionRef = connectionOf<Shown>("Experiment", "experiments", ExperimentRef);

builder.queryFields((t) => ({
  experiments: t.field({
    type: ExperimentConnectionRef,
    description: "The experiments, newest first.",
    extensions: costsByPage,
    args: pageArgs,
    resolve: async (_root, { first, after }, { services }) => {
      const query = { first: checkListLimit(first), ...(after == null ? {} : { after }) };
      return connectionOfSlice(await services.application.experiments.listExperiments(query));
    },
  }),
  experiment: t.field({
    type: ExperimentRef,
    nullable: true,
    description: "One experiment; null, with the error EXPERIMENT_NOT_FOUND, if there is none of that id.",
    args: { id: t.arg.id({ required: true, description: "The experiment's id, its first letters (at least 4), or `latest`." }) },
    resolve: (_root, { id }, { services }) => services.application.experiments.findExperiment(id),
  }),
}));
