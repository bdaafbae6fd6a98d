import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/index.ts";
import { storeHistory } from "../../testing/store-history.ts";
import { SyntheticHistory } from "../../testing/synthetic-history.ts";
import { checkRun } from "./check-run.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("a damaged segment is reported once, though other parts cannot be read without it; oracle: the row that was changed", async () => {
  const run = await storeHistory(pool, new SyntheticHistory({ seed: 41, framePages: 300, vms: 2 }), {
    untilPosition: 1_000,
    eventsPerCommit: 500,
  });
  const check = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { part, positions } of checkRun(pool, run)) found.push(`${part} ${positions?.first}-${positions?.last}`);
    return found;
  };
  expect(await check()).toEqual([]);
  await pool.query("update run_segments set checksum = substr(checksum, 1, 7) where run_id = $1", [run]);
  const { rows } = await pool.query<{ last: number }>("select head_position as last from runs where id = $1", [run]);
  expect(await check()).toEqual([`segment 1-${rows[0]?.last}`]);
});
