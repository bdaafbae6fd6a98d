import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { describeTables } from "../testing/machine-tables.ts";
import { storeHistory } from "../testing/store-history.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { History } from "./history.ts";

let database: TestDatabase;
let pool: Pool;
let run: number;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
  const synthetic = new SyntheticHistory({ seed: 3, framePages: 2_000, vms: 3 });
  run = await storeHistory(pool, synthetic, { untilPosition: 300_000, eventsPerCommit: 9_000 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("states on lease are the states of their moments, though each one's memory served another before", async () => {
  // Oracle: the same moments from a history that recycles nothing.
  const [lending, keeping] = [new History(pool, { stateCacheBytes: 0 }), new History(pool)];
  for (const position of [290_000, 17, 150_000, 299_999, 149_999, 250_000, 300_000]) {
    const lease = await lending.leaseState(run, { position });
    expect(describeTables(lease.machine)).toEqual(describeTables(await keeping.stateAt(run, { position })));
    lease.release();
  }
});

test("what is looked at after it was given back is empty, and never another moment's", async () => {
  const history = new History(pool, { stateCacheBytes: 0 });
  const lease = await history.leaseState(run, { position: 20_000 });
  expect(lease.machine.frames.ownerVm.length).toBe(2_000);
  lease.release();
  expect(lease.machine.frames.ownerVm.length).toBe(0);
});

test("a state that somebody keeps, or that has two leases, outlasts the end of one", async () => {
  const history = new History(pool);
  const kept = await history.stateAt(run, { position: 20_000 });
  (await history.leaseState(run, { position: 20_000 })).release();
  expect(kept.frames.ownerVm.length).toBe(2_000);
  const both = new History(pool, { stateCacheBytes: 0 });
  const [first, second] = await Promise.all([1, 2].map(() => both.leaseState(run, { position: 10_000 })));
  first?.release();
  first?.release();
  expect(second?.machine.frames.ownerVm.length).toBe(2_000);
});
