import { BallastError } from "@ballast/core/errors";
import type { Policy } from "@ballast/core/policy";
import { parseScenario } from "@ballast/core/scenario";
import type { Application } from "../../application/index.ts";
import { createPool } from "../../database/index.ts";
import { createExperimentService } from "../../experiments/execution.ts";
import { History } from "../../history/index.ts";
import { createRunService, RunQueue } from "../../runs/execution.ts";

/** Decides nothing: these tests are about the API, and bring their histories along. */
const silentPolicy: Policy = {
  apiVersion: 1,
  name: "silent",
  version: "1.0.0",
  description: "Never asks for anything.",
  requires: [],
  parameters: {
    calmNs: {
      type: "integer",
      unit: "ns",
      default: 1000,
      minimum: 1,
      maximum: 1_000_000,
      description: "how long it keeps still",
      source: "made up for tests",
      confidence: "assumed",
    },
  },
  periodNs: () => 0,
  create: () => ({ decide: () => [], save: () => null, load: () => undefined }),
};

export const testScenario = parseScenario({
  name: "tiny",
  description: "One VM that waits for commands.",
  host: { framePages: 64 },
  vms: [
    {
      name: "vm",
      configuredPages: 32,
      processes: [{ name: "p", virtualPages: 16, workload: { kind: "interactive" } }],
    },
  ],
  policy: "silent",
});

/** One process as the application puts it together, but for the executor: what happens in a run is written by the tests. */
export function openApplication(connectionString: string): Application {
  const pool = createPool(connectionString);
  const findPolicy = (name: string): Policy => {
    if (name === silentPolicy.name) return silentPolicy;
    throw new BallastError("POLICY_NOT_FOUND", `there is no policy ${name}`);
  };
  const queue = new RunQueue(pool);
  const runs = createRunService({ pool, connectionString, queue, findPolicy });
  return {
    configuration: { logLevel: "silent" } as Application["configuration"],
    database: {
      connectionString,
      url: connectionString,
      clientEnvironment: {},
      isEmbedded: false,
      leave: () => Promise.resolve(),
    },
    pool,
    history: new History(pool),
    runs,
    experiments: createExperimentService({ pool, queue, runs, findPolicy }),
    policies: { getPolicy: findPolicy, listPolicies: () => [silentPolicy] },
    scenarios: {
      listScenarios: () => Promise.resolve([testScenario]),
      getScenario: async (name: string) => {
        if (name === testScenario.name) return await Promise.resolve(testScenario);
        throw new BallastError("SCENARIO_NOT_FOUND", `there is no scenario ${name}`);
      },
    },
    shutdown: async () => {
      await Promise.all([runs.close(), queue.close()]);
      await pool.end();
    },
  };
}
