import { expect, test } from "vitest";
import { createPool } from "../database/index.ts";
import { createTestDatabase } from "../testing/index.ts";
import { UNCHECKED_COLUMNS } from "../testing/unchecked-columns.ts";
import { CHECKED_PARTS } from "./checked-rows.ts";

test("every stored column is in a checksum, or says why not; oracle: the migrated database", async () => {
  const database = await createTestDatabase();
  const pool = createPool(database.connectionString, { max: 1 });
  const { rows } = await pool.query<{ column: string; table: string; name: string }>(
    `select table_name || '.' || column_name as column, table_name as table, column_name as name from information_schema.columns
     join information_schema.tables using (table_schema, table_name) where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  await pool.end();
  await database.drop();
  const covered = new Set(
    CHECKED_PARTS.flatMap(({ table, names, checksumName }) => [...names, checksumName].map((name) => `${table}.${name}`)),
  );
  const reasonOf = ({ table, name }: { table: string; name: string }): string | undefined =>
    UNCHECKED_COLUMNS[table]?.["*"] ?? UNCHECKED_COLUMNS[table]?.[name];
  expect(rows.filter((row) => !covered.has(row.column) && reasonOf(row) === undefined).map(({ column }) => column)).toEqual([]);
  expect(rows.filter((row) => covered.has(row.column) && reasonOf(row) !== undefined).map(({ column }) => column)).toEqual([]);
  const known = new Set(rows.flatMap(({ table, name }) => [`${table}.${name}`, `${table}.*`]));
  const excepted = Object.entries(UNCHECKED_COLUMNS).flatMap(([table, columns]) => Object.keys(columns).map((name) => `${table}.${name}`));
  expect([...covered, ...excepted].filter((column) => !known.has(column))).toEqual([]);
}, 60_000);
