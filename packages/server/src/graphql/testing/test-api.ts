import { BallastError } from "@ballast/core/errors";
import type { Policy } from "@ballast/core/policy";
import { parseScenario } from "@ballast/core/scenario";
import { pino } from "pino";
import type { Application } from "../../application/index.ts";
import { createPool } from "../../database/index.ts";
import { History } from "../../history/index.ts";
import { createHttpServer, type HttpServer, type HttpServerOptions } from "../../http/index.ts";
import { createRunService } from "../../runs/index.ts";
import { createTestDatabase } from "../../testing/index.ts";

/** Decides nothing: these tests are about the API, and bring their histories along. */
const silentPolicy: Policy = {
  name: "silent",
  version: "1.0.0",
  says: "Never asks for anything.",
  requires: [],
  parameters: {
    calmNs: {
      type: "integer",
      unit: "ns",
      default: 1000,
      minimum: 1,
      maximum: 1_000_000,
      says: "how long it keeps still",
      source: "made up for tests",
      confidence: "assumed",
    },
  },
  periodNs: () => 0,
  create: () => ({ decide: () => [], save: () => null, load: () => undefined }),
};

export const testScenario = parseScenario({
  name: "tiny",
  says: "One VM that waits for commands.",
  host: { framePages: 64 },
  vms: [{ name: "vm", configuredPages: 32, processes: [{ name: "p", virtualPages: 16, workload: { kind: "interactive" } }] }],
  policy: "silent",
});

/** One process as the application puts it together, but for the executor: what happens in a run is written by the tests. */
export function openApplication(connectionString: string): Application {
  const pool = createPool(connectionString);
  const findPolicy = (name: string): Policy => {
    if (name === silentPolicy.name) return silentPolicy;
    throw new BallastError("POLICY_NOT_FOUND", `there is no policy ${name}`);
  };
  const runs = createRunService({ pool, connectionString, findPolicy });
  return {
    configuration: { logLevel: "silent" } as Application["configuration"],
    database: { connectionString, shownConnectionString: connectionString, isEmbedded: false, leave: () => Promise.resolve() },
    pool,
    history: new History(pool),
    runs,
    policies: { getPolicy: findPolicy, listPolicies: () => [silentPolicy] },
    scenarios: {
      listScenarios: () => Promise.resolve([testScenario]),
      getScenario: async (name: string) => {
        if (name === testScenario.name) return await Promise.resolve(testScenario);
        throw new BallastError("SCENARIO_NOT_FOUND", `there is no scenario ${name}`);
      },
    },
    shutdown: async () => {
      await runs.close();
      await pool.end();
    },
  };
}

/** What should not happen is seen in the output of the tests. */
const testLogger = pino({ level: "error" }, pino.destination({ fd: 2, sync: true }));

export type TestApi = {
  readonly application: Application;
  readonly server: HttpServer;
  readonly connectionString: string;
  /** Another server process on the same database, as far as one process can be two. */
  addServer(options?: Partial<HttpServerOptions>): Promise<{ readonly application: Application; readonly server: HttpServer }>;
  close(): Promise<void>;
};

export async function openTestApi(options: Partial<HttpServerOptions> = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const opened: { application: Application; server: HttpServer }[] = [];
  const addServer: TestApi["addServer"] = async (more = {}) => {
    const application = openApplication(database.connectionString);
    const server = await createHttpServer(application, { host: "127.0.0.1", port: 0, logger: testLogger, ...more });
    opened.push({ application, server });
    return { application, server };
  };
  const first = await addServer(options);
  return {
    ...first,
    connectionString: database.connectionString,
    addServer,
    close: async () => {
      for (const { server, application } of opened) {
        await server.close();
        await application.shutdown();
      }
      await database.drop();
    },
  };
}
