import { BallastError } from "@ballast/core/errors";
import type { Experiment, StartExperiment, VariantChoice } from "../../../experiments/index.ts";
import { expectingFailures } from "../../errors/answerable.ts";
import { needs } from "../../engine/use-scopes.ts";
import { builder } from "../builder.ts";
import { KeepsEnum } from "../enums.ts";
import { ExperimentKindEnum, ExperimentRef } from "../experiment.ts";
import { ScenarioInput, scenarioOf } from "../scenario.ts";
import { orFailure } from "./failing.ts";
import { FROM_DEFAULTS_SAYS, PARAMETERS_SAYS, settingsOf } from "./policy-settings.ts";

const VariantInputRef = builder.inputType("VariantInput", {
  description: "A variant of an experiment: a policy with parameters, and what it changes in the scenario.",
  fields: (t) => ({
    policy: t.string({ description: "Name of an installed policy; the scenario's own if not given." }),
    parameters: t.field({ type: "Json", description: PARAMETERS_SAYS }),
    fromDefaults: t.boolean({ defaultValue: false, description: FROM_DEFAULTS_SAYS }),
    overrides: t.field({
      type: "Json",
      description:
        "An object of values by their paths in the scenario, such as `host.framePages`, `vms.web.shares`, `vms.*.startNs`: an element of " +
        "a list by its place, its name, or all by `*`. Not the seed, nor the policy.",
    }),
  }),
});

const StartExperimentInput = builder.inputType("StartExperimentInput", {
  description: "What to run. The seeds are `seeds`, or `seedCount` from the scenario's own on; one of these, or neither for 10.",
  fields: (t) => ({
    scenario: t.field({ type: ScenarioInput, required: true, description: "The scenario." }),
    variants: t.field({
      type: [VariantInputRef],
      required: true,
      description: "The variants, no two of them equal: of a comparison 1 to 32, of others up to 32,767.",
    }),
    kind: t.field({
      type: ExperimentKindEnum,
      defaultValue: "comparison",
      description: "What it is called in lists, and how its runs are ordered.",
    }),
    seeds: t.field({ type: ["BigInt"], description: "The seeds, each once." }),
    seedCount: t.int({ description: "How many seeds, from the scenario's own on." }),
    baseline: t.int({ defaultValue: 0, description: "The variant that the others are compared with, by its place from 0." }),
    uncommitted: t.boolean({
      defaultValue: true,
      description: "Whether the same VMs are run without overcommitment, too, once per seed: the base of slowdowns.",
    }),
    bounds: t.boolean({ defaultValue: false, description: "Whether policies that know the future are run, too, as bounds." }),
    keep: t.field({ type: KeepsEnum, defaultValue: "events", description: "What is kept of its runs." }),
    idempotencyKey: t.string({
      description: "Same key and input: the same experiment. Another input with it is refused.",
    }),
  }),
});

type Given = typeof StartExperimentInput.$inferInput;

const PayloadRef = builder.objectRef<{ readonly experiment: Experiment }>("StartExperimentPayload").implement({
  description: "The experiment that was begun.",
  fields: (t) => ({
    experiment: t.field({
      type: ExperimentRef,
      description: "Follow it by `experimentProgress`.",
      resolve: ({ experiment }) => experiment,
    }),
  }),
});

builder.mutationField("startExperiment", (t) =>
  t.field({
    type: PayloadRef,
    errors: orFailure("StartExperiment"),
    ...needs("run"),
    description: "Starts one run for each variant and seed.",
    args: { input: t.arg({ type: StartExperimentInput, required: true, description: "What to run." }) },
    resolve: (_root, { input }, { services: { application } }) =>
      expectingFailures(async () => {
        const scenario = await scenarioOf(application, input.scenario);
        return { experiment: await application.experiments.startExperiment({ scenario, ...settings(input) }) };
      }),
  }),
);

function settings(input: Given): Omit<StartExperiment, "scenario"> {
  const { kind, baseline, uncommitted, bounds, keep, idempotencyKey } = input;
  return {
    variants: input.variants.map(variantOf),
    ...seedsOf(input),
    ...(kind == null ? {} : { kind }),
    ...(baseline == null ? {} : { baseline }),
    ...(uncommitted == null ? {} : { uncommitted }),
    ...(keep == null ? {} : { keep }),
    ...(bounds == null ? {} : { bounds }),
    ...(idempotencyKey == null ? {} : { idempotencyKey }),
  };
}

function seedsOf({ seeds, seedCount }: Given): Pick<StartExperiment, "seeds"> {
  if (seeds != null && seedCount != null) throw new BallastError("INPUT_INVALID", "Give `seeds` or `seedCount`, not both.");
  const wanted = seeds ?? seedCount;
  return wanted == null ? {} : { seeds: wanted };
}

function variantOf({ policy, overrides, ...given }: Given["variants"][number]): VariantChoice {
  return { ...settingsOf(given), ...(policy == null ? {} : { policy }), ...(overrides == null ? {} : { overrides: objectOf(overrides) }) };
}

function objectOf(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Readonly<Record<string, unknown>>;
  throw new BallastError("INPUT_INVALID", `\`overrides\` must be an object of values by path, not ${JSON.stringify(json)}`);
}
