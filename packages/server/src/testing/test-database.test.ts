import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./index.ts";

describe("a test database", () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });

  afterAll(async () => {
    await Promise.all([first.drop(), second.drop()]);
  });

  async function query(database: TestDatabase, text: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  test("is a copy of the migrated template", async () => {
    const tables = await query(first, "SELECT count(*)::int AS n FROM pg_tables WHERE tablename LIKE 'kysely_migration%'");
    // kysely keeps two tables of its own: the migrations that ran, and the lock.
    expect(tables).toEqual([{ n: 2 }]);
  });

  test("shares nothing with another", async () => {
    await query(first, "CREATE TABLE only_here ()");
    const elsewhere = await query(second, "SELECT to_regclass('only_here') AS found");
    expect(elsewhere).toEqual([{ found: null }]);
  });

  test("is gone after it was dropped, even while somebody is connected", async () => {
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    const lost = new Promise<Error>((resolve) => client.on("error", resolve));
    await database.drop();
    // 57P01 is admin_shutdown in Postgres' table of error codes: what WITH (FORCE) sends.
    expect(await lost).toMatchObject({ code: "57P01" });
    await expect(query(database, "SELECT")).rejects.toMatchObject({ code: "3D000" });
  });
});
