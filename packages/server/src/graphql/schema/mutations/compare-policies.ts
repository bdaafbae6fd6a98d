import type { Experiment } from "../../../experiments/index.ts";
import { expectingFailures } from "../../errors/answerable.ts";
import { needs } from "../../engine/use-scopes.ts";
import { builder } from "../builder.ts";
import { ComparisonRef } from "../comparison.ts";
import { ExperimentRef } from "../experiment.ts";
import { ScenarioInput, scenarioOf } from "../scenario.ts";
import { orFailure } from "./failing.ts";
import { FROM_DEFAULTS_SAYS, PARAMETERS_SAYS, settingsOf } from "./policy-settings.ts";

const PolicyInput = builder.inputType("PolicyInput", {
  description: "A policy and its parameters.",
  fields: (t) => ({
    name: t.string({ required: true, description: "Name of an installed policy." }),
    parameters: t.field({
      type: "Json",
      description: PARAMETERS_SAYS,
    }),
    fromDefaults: t.boolean({ defaultValue: false, description: FROM_DEFAULTS_SAYS }),
  }),
});

const ComparePoliciesInput = builder.inputType("ComparePoliciesInput", {
  description: "What to compare.",
  fields: (t) => ({
    scenario: t.field({ type: ScenarioInput, required: true, description: "The scenario, the same for all." }),
    policies: t.field({
      type: [PolicyInput],
      required: true,
      description: "The policies, 1 to 32, no two of them with the same parameters.",
    }),
    seed: t.field({ type: "BigInt", description: "Instead of the scenario's, the same for all." }),
    idempotencyKey: t.string({
      description: "Same key and input: the same comparison. Another input with it is refused.",
    }),
  }),
});

const PayloadRef = builder.objectRef<{ readonly experiment: Experiment }>("ComparePoliciesPayload").implement({
  description: "The comparison that was begun.",
  fields: (t) => ({
    comparison: t.field({
      type: ComparisonRef,
      description: "Follow it by `comparisonProgress`.",
      resolve: ({ experiment }) => experiment,
    }),
    experiment: t.field({
      type: ExperimentRef,
      description: "The same as an experiment. Follow it by `experimentProgress`.",
      resolve: ({ experiment }) => experiment,
    }),
  }),
});

builder.mutationField("comparePolicies", (t) =>
  t.field({
    type: PayloadRef,
    errors: orFailure("ComparePolicies"),
    ...needs("run"),
    description: "Starts one run per policy on the same scenario and seed; `startExperiment` takes several seeds.",
    args: { input: t.arg({ type: ComparePoliciesInput, required: true, description: "What to compare." }) },
    resolve: (_root, { input }, { services: { application } }) =>
      expectingFailures(async () => {
        const { seed, idempotencyKey } = input;
        const scenario = await scenarioOf(application, input.scenario);
        const experiment = await application.experiments.startExperiment({
          scenario,
          variants: input.policies.map((policy) => ({ policy: policy.name, ...settingsOf(policy) })),
          seeds: [seed ?? scenario.seed],
          uncommitted: false,
          ...(idempotencyKey == null ? {} : { idempotencyKey }),
        });
        return { experiment };
      }),
  }),
);
