import { CATALOGUE } from "@ballast/core/events";
import { isLongRun } from "@ballast/core/testing/case-count";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { withDatabase } from "../testing/connection-string.ts";
import { databaseError, requireSupportedVersion } from "./database-error.ts";
import { createPool, ensureTables } from "./index.ts";
import { migrationNames } from "./migration-names.ts";
import { migrate, migrateToLatest } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";

let server: pg.Client;
let prefix: string;
let made = 0;

beforeAll(async () => {
  const { connectionString } = inject("runDatabases");
  ({ prefix } = inject("runDatabases"));
  server = new pg.Client({ connectionString });
  await server.connect();
});

afterAll(async () => {
  await server.end();
});

/** A database without migrations; the test run drops it at its end. */
async function emptyDatabase(): Promise<string> {
  const name = `${prefix}migrate_${++made}`;
  await server.query(`create database ${name}`);
  return withDatabase(inject("runDatabases").connectionString, name);
}

/** Every table, column, index, view and function of a database, as text. */
async function describeSchema(connectionString: string): Promise<string[]> {
  const pool = createPool(connectionString, { max: 1 });
  const { rows } = await pool.query<{ line: string }>(`
    select format('%s.%s %s %s', table_name, column_name, data_type, is_nullable) as line
      from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
    union all select indexdef from pg_indexes where schemaname = 'public' and tablename not like 'kysely%'
    union all select pg_get_viewdef(oid) from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace
    union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
    order by line`);
  await pool.end();
  return rows.map((row) => row.line);
}

describe("migrations", () => {
  test("lead from earlier versions to the same tables as from nothing; oracle: the schema from nothing", async () => {
    const fresh = await emptyDatabase();
    await migrateToLatest(fresh);
    const expected = await describeSchema(fresh);
    const names = Object.keys(MIGRATIONS);
    const all = names.slice(1).map((_, index) => index + 1);
    const counts = isLongRun ? all : [1, Math.ceil(names.length / 2), names.length - 1];
    for (const count of counts) {
      const older = await emptyDatabase();
      await migrate(older, Object.fromEntries(names.slice(0, count).map((name) => [name, MIGRATIONS[name]!])));
      await migrateToLatest(older);
      expect(await describeSchema(older)).toEqual(expected);
    }
  });

  test("are named by their files, for commands that only look whether all were applied; oracle: the list of migrations", () => {
    expect(migrationNames()).toEqual(Object.keys(MIGRATIONS));
  });

  test("are done where one is missing for a command that only reads, and left alone where none is; oracle: the schema from nothing", async () => {
    const [fresh, older, complete] = [await emptyDatabase(), await emptyDatabase(), await emptyDatabase()];
    await migrateToLatest(fresh);
    const expected = await describeSchema(fresh);
    const names = Object.keys(MIGRATIONS).slice(0, -1);
    await migrate(older, Object.fromEntries(names.map((name) => [name, MIGRATIONS[name]!])));
    await migrate(complete, MIGRATIONS);
    for (const database of [older, complete]) await ensureTables(database);
    expect(await describeSchema(older)).toEqual(expected);
    // The views of events are no table: a command that reads tables alone does not make them.
    expect(await describeSchema(complete)).not.toEqual(expected);
    await migrate(complete, { ...MIGRATIONS, "9999-future": { up: async () => undefined } });
    await expect(ensureTables(complete)).rejects.toMatchObject({ code: "DATABASE_NEWER" });
  });

  test("are done once by servers that start at the same time; oracle: the list of migrations", async () => {
    const database = await emptyDatabase();
    await Promise.all([1, 2, 3, 4].map(() => migrateToLatest(database)));
    const pool = createPool(database, { max: 1 });
    const { rows } = await pool.query<{ name: string }>("select name from kysely_migration order by name");
    const { rows: types } = await pool.query<{ type: number }>("select type from event_types order by type");
    await pool.end();
    expect(rows.map((row) => row.name)).toEqual(Object.keys(MIGRATIONS).sort());
    expect(types.map((row) => row.type)).toEqual(CATALOGUE.map((type) => type.code));
  });

  test("refuse a database that a newer Ballast has migrated, and change nothing in it", async () => {
    const database = await emptyDatabase();
    const future = { up: async () => undefined };
    await migrate(database, { ...MIGRATIONS, "9999-future": future });
    await expect(migrateToLatest(database)).rejects.toMatchObject({
      code: "DATABASE_NEWER",
      message: expect.stringContaining("9999-future") as string,
    });
  });
});

describe("a database that cannot be used", () => {
  test("is too old below version 15, and full when Postgres says so; oracle: Postgres' own codes", () => {
    expect(() => requireSupportedVersion(140_012)).toThrow("This Postgres is version 14; Ballast needs 15 or newer");
    expect(() => requireSupportedVersion(150_000)).not.toThrow();
    const full = Object.assign(new Error("could not extend file: No space left on device"), { code: "53100" });
    expect(databaseError(full)).toMatchObject({ code: "DATABASE_FULL" });
    // As Postgres 15 refused connections while its folder lay on a full disk.
    const atConnection = Object.assign(new Error("could not write init file"), { code: "XX000" });
    expect(databaseError(atConnection)).toMatchObject({ code: "DATABASE_FULL" });
    const other = Object.assign(new Error("syntax error"), { code: "42601" });
    expect(databaseError(other)).toBe(other);
  });
});
