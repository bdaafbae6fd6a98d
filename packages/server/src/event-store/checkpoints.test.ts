import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { CHECKPOINTS_KEPT, createRunRow, deleteRunHistory, latestCheckpoint, removeDeletedRuns, saveCheckpoint } from "./index.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function positionsOf(run: number): Promise<number[]> {
  const { rows } = await pool.query<{ position: number }>("select distinct position from checkpoints where run_id = $1 order by position", [
    run,
  ]);
  return rows.map((row) => row.position);
}

test("the newest two checkpoints of a run are kept and come back whole; oracle: the bytes that were saved", async () => {
  const run = await createRunRow(pool, { status: "running" });
  expect(await latestCheckpoint(pool, run)).toBeUndefined();
  const saved = [100, 200, 300].map((position) => ({ position, bytes: randomBytes(1_000 + position) }));
  for (const { position, bytes } of saved) await saveCheckpoint(pool, run, position, bytes);
  expect(await positionsOf(run)).toEqual([200, 300]);
  expect(CHECKPOINTS_KEPT).toBe(2);
  const [, second, third] = saved;
  expect(await latestCheckpoint(pool, run)).toEqual(third);
  expect(await latestCheckpoint(pool, run, 299)).toEqual(second);
  expect(await latestCheckpoint(pool, run, 199)).toBeUndefined();
  await deleteRunHistory(pool, run);
  await removeDeletedRuns(pool);
  expect(await positionsOf(run)).toEqual([]);
});

test("a checkpoint larger than one row is put together again, and replaces one at its position", async () => {
  const run = await createRunRow(pool, { status: "running" });
  const large = Buffer.alloc(150 * 1024 * 1024);
  for (let at = 0; at < large.length; at += 1_000_003) large.writeUInt32LE(at, Math.min(at, large.length - 4));
  await saveCheckpoint(pool, run, 7, Buffer.from("replaced"));
  await saveCheckpoint(pool, run, 7, large);
  const found = await latestCheckpoint(pool, run);
  expect(found?.position).toBe(7);
  expect(large.equals(found?.bytes ?? Buffer.alloc(0))).toBe(true);
});
