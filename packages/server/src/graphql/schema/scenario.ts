import { MemoryState } from "@ballast/core/events";
import { memoryMarks, parseScenario, printScenario, type Scenario } from "@ballast/core/scenario";
import type { Application } from "../../application/index.ts";
import { builder } from "./builder.ts";
import { MemoryStateEnum } from "./enums.ts";

type MemoryMark = { readonly state: MemoryState; readonly freePages: number };

const MemoryMarkRef = builder.objectRef<MemoryMark>("MemoryMark").implement({
  description: "Where a memory state begins.",
  fields: (t) => ({
    state: t.field({ type: MemoryStateEnum, description: "The state.", resolve: ({ state }) => state }),
    freePages: t.exposeFloat("freePages", {
      description: "It begins where fewer frames are free; of HIGH: reclamation aims at this many. Not always whole.",
    }),
  }),
});

/** From the most free frames on. */
function marksOf({ host }: Scenario): MemoryMark[] {
  const { high, clear, soft, hard, low } = memoryMarks(host.memoryStates, host.framePages);
  const marks: MemoryMark[] = [
    { state: MemoryState.High, freePages: high },
    { state: MemoryState.Soft, freePages: soft },
    { state: MemoryState.Hard, freePages: hard },
    { state: MemoryState.Low, freePages: low },
  ];
  return clear === undefined ? marks : marks.toSpliced(1, 0, { state: MemoryState.Clear, freePages: clear });
}

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
    memoryMarks: t.field({
      type: [MemoryMarkRef],
      description: "Where the host's memory states begin, from the most free frames on.",
      resolve: marksOf,
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
