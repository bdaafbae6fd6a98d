import { deleteTrace } from "../../../traces/index.ts";
import { expectingFailures } from "../../errors/answerable.ts";
import { needs } from "../../engine/use-scopes.ts";
import { builder } from "../builder.ts";
import { COMPARISON_DEPRECATED } from "../comparison.ts";
import { orFailure } from "./failing.ts";

const DeleteTraceInput = builder.inputType("DeleteTraceInput", {
  description: "Which trace.",
  fields: (t) => ({
    name: t.string({ required: true, description: "The trace's name." }),
    force: t.boolean({
      defaultValue: false,
      description: "Also if runs replay it: they can be read, but not verified or resumed any more.",
    }),
  }),
});

type DeletedTrace = { readonly name: string; readonly runs: readonly string[] };

const DeletedTraceRef = builder.objectRef<DeletedTrace>("DeleteTracePayload").implement({
  description: "What was deleted.",
  fields: (t) => ({
    deletedTraceName: t.exposeString("name", { description: "The name, which is free again." }),
    neededByRunIds: t.idList({
      description: "Runs that replayed it, and cannot be verified or resumed any more; none unless it was forced.",
      resolve: ({ runs }) => runs,
    }),
  }),
});

const DeleteComparisonInput = builder.inputType("DeleteComparisonInput", {
  description: "Which comparison.",
  fields: (t) => ({
    comparison: t.id({ required: true, description: "The comparison's id." }),
    withRuns: t.boolean({
      defaultValue: false,
      description: "Its runs, too, as `deleteRun` does. Otherwise they stay, as runs of no comparison.",
    }),
  }),
});

const DeleteExperimentInput = builder.inputType("DeleteExperimentInput", {
  description: "Which experiment.",
  fields: (t) => ({
    experiment: t.id({ required: true, description: "The experiment's id." }),
    withRuns: t.boolean({
      defaultValue: false,
      description: "Its runs, too, as `deleteRun` does. Otherwise they stay, as runs of no experiment.",
    }),
  }),
});

const DeletedExperimentRef = builder.objectRef<DeletedComparison>("DeleteExperimentPayload").implement({
  description: "What was deleted.",
  fields: (t) => ({
    deletedExperimentId: t.exposeID("id", { description: "The id, of no experiment any more." }),
    deletedRunIds: t.idList({ description: "The runs that were deleted with it.", resolve: ({ runs }) => runs }),
  }),
});

type DeletedComparison = { readonly id: string; readonly runs: readonly string[] };

const DeletedComparisonRef = builder.objectRef<DeletedComparison>("DeleteComparisonPayload").implement({
  description: "What was deleted.",
  fields: (t) => ({
    deletedComparisonId: t.exposeID("id", { description: "The id, of no comparison any more." }),
    deletedRunIds: t.idList({ description: "The runs that were deleted with it.", resolve: ({ runs }) => runs }),
  }),
});

builder.mutationFields((t) => ({
  deleteTrace: t.field({
    type: DeletedTraceRef,
    errors: orFailure("DeleteTrace"),
    ...needs("administer"),
    description: "Deletes a recorded workload. One that runs replay is refused with their ids (TRACE_IN_USE).",
    args: { input: t.arg({ type: DeleteTraceInput, required: true, description: "Which trace." }) },
    resolve: (_root, { input: { name, force } }, { services: { application } }) =>
      expectingFailures(async () => ({
        name,
        runs: await deleteTrace(application.pool, name, { force: force ?? false }),
      })),
  }),
  deleteExperiment: t.field({
    type: DeletedExperimentRef,
    errors: orFailure("DeleteExperiment"),
    ...needs("administer"),
    description: "Deletes an experiment, with or without its runs.",
    args: { input: t.arg({ type: DeleteExperimentInput, required: true, description: "Which experiment." }) },
    resolve: (_root, { input: { experiment, withRuns } }, { services: { application } }) =>
      expectingFailures(async () => ({
        id: experiment,
        runs: await application.experiments.deleteExperiment(experiment, { withRuns: withRuns ?? false }),
      })),
  }),
  deleteComparison: t.field({
    type: DeletedComparisonRef,
    errors: orFailure("DeleteComparison"),
    ...needs("administer"),
    description: "Deletes a comparison, with or without its runs.",
    deprecationReason: `${COMPARISON_DEPRECATED} Use \`deleteExperiment\`.`,
    args: { input: t.arg({ type: DeleteComparisonInput, required: true, description: "Which comparison." }) },
    resolve: (_root, { input: { comparison, withRuns } }, { services: { application } }) =>
      expectingFailures(async () => ({
        id: comparison,
        runs: await application.experiments.deleteExperiment(comparison, { withRuns: withRuns ?? false }),
      })),
  }),
}));
