import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { createPool, type Pool } from "./index.ts";
import { queryUncopied } from "./query-uncopied.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString, { max: 1 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const ECHO = { name: "echo", text: "select $1::text || length($2::bytea) as told, $2::bytea as bytes" };
const DIVIDE = { name: "divide", text: "select 1 / length($1::bytea) as quotient" };

test("a last parameter of any length comes to Postgres as it is; oracle: what Postgres sends back", async () => {
  const client = await pool.connect();
  for (const length of [0, 1, 255, 65_536, 3_000_001]) {
    const last = Uint8Array.from({ length }, (_, index) => index * 7);
    const { rows } = await queryUncopied(client, { ...ECHO, values: ["length "], last });
    expect(rows[0]).toEqual({ told: `length ${length}`, bytes: Buffer.from(last) });
  }
  client.release();
});

test("a query that fails says why, and the connection stays usable; oracle: Postgres' error code for a division by zero", async () => {
  const client = await pool.connect();
  await expect(queryUncopied(client, { ...DIVIDE, values: [], last: new Uint8Array(0) })).rejects.toMatchObject({ code: "22012" });
  const { rows } = await queryUncopied(client, { ...DIVIDE, values: [], last: new Uint8Array(1) });
  expect(rows).toEqual([{ quotient: 1 }]);
  expect((await client.query("select 2 as two")).rows).toEqual([{ two: 2 }]);
  client.release();
});
