import { BallastError, type Problem } from "@ballast/core/errors";
import { readParameters } from "@ballast/core/policy";
import { parseScenario, type Scenario, scenarioJsonSchema } from "@ballast/core/scenario";
import type { Application } from "../../application/index.ts";
import { builder } from "./builder.ts";
import { ProblemRef } from "./failure.ts";

const SCHEMA: unknown = JSON.parse(JSON.stringify(scenarioJsonSchema()));

builder.queryFields((t) => ({
  scenarioSchema: t.field({
    type: "Json",
    description: "The JSON Schema of scenarios, as scenarios/scenario.schema.json has it.",
    resolve: () => SCHEMA,
  }),
  validateScenario: t.field({
    type: [ProblemRef],
    description:
      "What is wrong with a scenario, with the paths that a Failure of `startRun` has; empty: nothing. Whether its traces are there and a run of it fits into memory, " +
      "only `startRun` checks.",
    args: { json: t.arg({ type: "Json", required: true, description: "The scenario." }) },
    resolve: (_root, { json }, { services }) => problemsOf(services.application, json),
  }),
}));

function problemsOf(application: Application, json: unknown): readonly Problem[] {
  try {
    return policyProblems(application, parseScenario(json));
  } catch (error) {
    if (error instanceof BallastError && error.code === "SCENARIO_INVALID") return error.problems;
    throw error;
  }
}

function policyProblems({ policies }: Application, { policy: { name, parameters } }: Scenario): readonly Problem[] {
  try {
    return readParameters(policies.getPolicy(name).parameters, parameters, "/policy/parameters").problems;
  } catch (error) {
    if (error instanceof BallastError && error.code === "POLICY_NOT_FOUND") return [{ path: "/policy", message: error.message }];
    throw error;
  }
}
