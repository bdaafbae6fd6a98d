import { randomBytes } from "node:crypto";
import pg from "pg";
import { withDatabase } from "./connection-string.ts";
import type { RunDatabases } from "./run-databases.ts";

export type TestDatabase = {
  readonly connectionString: string;
  /** Closes whatever is still connected to it. */
  drop(): Promise<void>;
};

/** A migrated, empty database among those of a test run. */
export async function createDatabase({ connectionString, prefix, template }: RunDatabases): Promise<TestDatabase> {
  const name = `${prefix}${randomBytes(5).toString("hex")}`;
  await administer(connectionString, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    connectionString: withDatabase(connectionString, name),
    drop: () => administer(connectionString, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function administer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
