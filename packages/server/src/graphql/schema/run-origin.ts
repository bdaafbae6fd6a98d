import { immutableField } from "../../api/immutable.ts";
import { builder } from "./builder.ts";
import { COMPARISON_DEPRECATED, ComparisonRef } from "./comparison.ts";
import { ExperimentRef } from "./experiment.ts";
import { RunRef } from "./run.ts";
import { ScenarioRef } from "./scenario.ts";

/** What a run was made from, and what it belongs to. */
builder.objectFields(RunRef, (t) => ({
  scenario: t.field({
    type: ScenarioRef,
    description: "Its scenario as it was executed, whatever a scenario of that name is by now.",
    extensions: immutableField,
    resolve: ({ id }, _args, { services }) => services.application.runs.getScenario(id),
  }),
  comparison: t.field({
    type: ComparisonRef,
    nullable: true,
    description: "The comparison that it belongs to; null: none.",
    deprecationReason: `${COMPARISON_DEPRECATED} Use \`experiment\`.`,
    resolve: ({ experimentId }, _args, { services }) =>
      experimentId === null ? null : services.application.experiments.getExperiment(experimentId),
  }),
  experiment: t.field({
    type: ExperimentRef,
    nullable: true,
    description: "The experiment that it belongs to; null: none.",
    resolve: ({ experimentId }, _args, { services }) =>
      experimentId === null ? null : services.application.experiments.getExperiment(experimentId),
  }),
}));
