import { inject } from "vitest";
import { createDatabase, type TestDatabase } from "./create-database.ts";
import "./database-for-run.ts";

export type { TestDatabase };

/** A migrated, empty database of one's own: make one per test file, or one per test (about 30 ms each). */
export async function createTestDatabase(): Promise<TestDatabase> {
  return await createDatabase(inject("runDatabases"));
}
