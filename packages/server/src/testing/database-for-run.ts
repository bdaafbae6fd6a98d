import type { TestProject } from "vitest/node";
import { startDatabaseServer, type DatabaseServer } from "./database-server.ts";
import { RunDatabaseOwner, type RunDatabases } from "./run-databases.ts";

declare module "vitest" {
  interface ProvidedContext {
    runDatabases: RunDatabases;
  }
}

let server: DatabaseServer | undefined;
let owner: RunDatabaseOwner | undefined;

/** vitest calls this once, before the first test file of the server. */
export async function setup(project: TestProject): Promise<void> {
  server = await startDatabaseServer();
  owner = await RunDatabaseOwner.create(server.connectionString);
  project.provide("runDatabases", owner.databases);
}

/** vitest calls this once, after the last. */
export async function teardown(): Promise<void> {
  await owner?.dropAll();
  await server?.stop();
}
