import { pino } from "pino";
import type { Application } from "../../application/index.ts";
import { createHttpServer, type HttpServer, type HttpServerOptions } from "../../http/index.ts";
import { createTestDatabase } from "../../testing/index.ts";
import { openApplication } from "./open-application.ts";

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
