import type { TestProject } from "vitest/node";
import { startDatabaseServer, type DatabaseServer } from "./database-server.ts";
import { RunDatabaseOwner, type RunDatabases } from "./run-databases.ts";

type Shared = { readonly server: DatabaseServer; readonly owner: RunDatabaseOwner };

declare global {
  /** One for all projects of a test run: vitest imports this file once for each of them. */
  var testDatabases: { projects: number; readonly shared: Promise<Shared> } | undefined;
}

declare module "vitest" {
  interface ProvidedContext {
    runDatabases: RunDatabases;
  }
}

async function open(): Promise<Shared> {
  const server = await startDatabaseServer();
  return { server, owner: await RunDatabaseOwner.create(server.connectionString) };
}

/** vitest calls this once for each project that has test files to run, before the first of them. */
export async function setup(project: TestProject): Promise<void> {
  const databases = (globalThis.testDatabases ??= { projects: 0, shared: open() });
  databases.projects++;
  project.provide("runDatabases", (await databases.shared).owner.databases);
}

/** vitest calls this once for each of these projects, after the last test file of all. */
export async function teardown(): Promise<void> {
  const databases = globalThis.testDatabases;
  if (databases === undefined || --databases.projects > 0) return;
  globalThis.testDatabases = undefined;
  const { server, owner } = await databases.shared;
  await owner.dropAll();
  await server.stop();
}
