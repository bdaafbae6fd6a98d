import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createPool, type Pool } from "../../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/index.ts";
import { storeListedRun } from "../listed-runs.fixture.ts";
import { PostgresRunReader } from "../service/run-reader.ts";
import { type RowVersion, VerifiedRuns, type WrittenPart } from "./verified-runs.ts";

let database: TestDatabase;
let pool: Pool;
let ids: readonly string[];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
  const listed = {
    scenario: "s",
    policy: "esx",
    seed: 1,
    status: "completed",
    label: null,
    createdAt: new Date(),
    finishedAt: new Date(),
  } as const;
  const stored = [7, 8].map((accesses) => storeListedRun(pool, { ...listed, accesses, results: { workNs: accesses, faults: 3 } }));
  ids = (await Promise.all(stored)).map(({ id }) => id);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("a run is read whole once, and again when its row was changed; oracle: the statements that Postgres gets", async () => {
  const sent = vi.spyOn(pool, "query");
  const wholeReads = async (work: () => Promise<unknown>): Promise<number> => {
    sent.mockClear();
    await work();
    return sent.mock.calls.filter(([text]) => text.includes("j.scenario::text")).length;
  };
  const reader = new PostgresRunReader(pool);
  const list = (): Promise<unknown> => reader.listRuns({ first: 10 });
  expect(await wholeReads(list)).toBe(1);
  const before = await reader.getRun(ids[1]!);
  expect(await wholeReads(list)).toBe(0);
  expect(await wholeReads(() => reader.getMetrics(ids[0]!))).toBe(0);
  await pool.query("update run_jobs set accesses = accesses + 1 where public_id = $1", [ids[1]]);
  expect(await wholeReads(list)).toBe(1);
  expect(await wholeReads(async () => expect(await reader.getRun(ids[1]!)).toEqual({ ...before, accesses: 9 }))).toBe(0);
  sent.mockRestore();
});

test("a run that was read and then altered is refused, also where others are not; oracle: what was read before", async () => {
  const reader = new PostgresRunReader(pool);
  const [damaged, intact] = [await reader.getRun(ids[0]!), await reader.getRun(ids[1]!)];
  await pool.query("update run_jobs set seed = seed + 1 where public_id = $1", [damaged.id]);
  await expect(reader.getRun(damaged.id)).rejects.toMatchObject({ code: "HISTORY_DAMAGED" });
  const { items } = await reader.listRuns({ first: 10 });
  expect(items.find(({ id }) => id === intact.id)).toEqual(intact);
  expect(items.find(({ id }) => id === damaged.id)).toMatchObject({ status: "failed", error: { code: "HISTORY_DAMAGED" } });
});

test("only the same version of a row is found, and the least recently used go first", () => {
  const version = (run: number, more: Partial<RowVersion> = {}): RowVersion => {
    return { run_id: run, xmin: "700", input_checksum: Buffer.from([1]), figures_checksum: null, ...more };
  };
  const part = (run: number): WrittenPart => ({ logId: run }) as WrittenPart;
  const verified = new VerifiedRuns(100);
  for (const run of [1, 2]) verified.add(version(run), part(run), 40);
  expect(verified.find(version(1))).toEqual(part(1));
  for (const other of [
    { xmin: "701" },
    { input_checksum: Buffer.from([2]) },
    { input_checksum: null },
    { figures_checksum: Buffer.from([1]) },
  ]) {
    expect(verified.find(version(1, other))).toBeUndefined();
  }
  verified.add(version(3), part(3), 40);
  expect([1, 2, 3].map((run) => verified.find(version(run))?.logId)).toEqual([1, undefined, 3]);
  verified.add(version(3), part(4), 60);
  expect([1, 3].map((run) => verified.find(version(run))?.logId)).toEqual([1, 4]);
});
