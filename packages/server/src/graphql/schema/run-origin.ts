import { immutableField } from "../../api/immutable.ts";
import { builder } from "./builder.ts";
import { ComparisonRef } from "./comparison.ts";
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
    resolve: ({ comparisonId }, _args, { services }) =>
      comparisonId === null ? null : services.application.runs.getComparison(comparisonId),
  }),
}));
