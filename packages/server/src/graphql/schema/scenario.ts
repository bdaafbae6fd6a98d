import { parseScenario, printScenario, type Scenario } from "@ballast/core/scenario";
import type { Application } from "../../application/index.ts";
import { builder } from "./builder.ts";

export const ScenarioRef = builder.objectRef<Scenario>("Scenario").implement({
  description: "The whole input of a run but for the choice of the policy.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name, unique." }),
    description: t.exposeString("description", { description: "What is to be seen." }),
    seed: t.field({
      type: "BigInt",
      description: "The number that fixes all randomness.",
      resolve: (scenario) => scenario.seed,
    }),
    policy: t.string({ description: "The policy that it is meant for.", resolve: (scenario) => scenario.policy.name }),
    framePages: t.int({ description: "Frames of the host.", resolve: (scenario) => scenario.host.framePages }),
    configuredPages: t.int({
      description: "Sum of the configured pages of its VMs.",
      resolve: (scenario) => scenario.vms.reduce((sum, vm) => sum + vm.configuredPages, 0),
    }),
    vmNames: t.stringList({
      description: "Names of its VMs, by number.",
      resolve: (scenario) => scenario.vms.map((vm) => vm.name),
    }),
    json: t.field({
      type: "Json",
      description: "All of it, complete, as `startRun` takes it.",
      resolve: (scenario) => JSON.parse(printScenario(scenario)) as unknown,
    }),
  }),
});

builder.queryField("scenarios", (t) =>
  t.field({
    type: [ScenarioRef],
    description: "The scenarios that the server knows by name.",
    resolve: (_root, _args, { services }) => services.application.scenarios.listScenarios(),
  }),
);

builder.queryField("scenario", (t) =>
  t.field({
    type: ScenarioRef,
    nullable: true,
    description: "One scenario; null, with the error SCENARIO_NOT_FOUND, if there is none of that name.",
    args: { name: t.arg.string({ required: true, description: "Its name." }) },
    resolve: (_root, { name }, { services }) => services.application.scenarios.getScenario(name),
  }),
);

export const ScenarioInput = builder.inputType("ScenarioInput", {
  description: "A scenario: by its name or as a whole.",
  isOneOf: true,
  fields: (t) => ({
    name: t.string({ description: "Name of a scenario that the server knows." }),
    json: t.field({ type: "Json", description: "A scenario of one's own; see scenarios/scenario.schema.json." }),
  }),
});

/** @throws BallastError SCENARIO_NOT_FOUND, SCENARIO_INVALID. */
export async function scenarioOf(application: Application, input: { name?: string | null; json?: unknown }): Promise<Scenario> {
  return input.name == null ? parseScenario(input.json) : await application.scenarios.getScenario(input.name);
}
