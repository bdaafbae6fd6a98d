import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { storeHistory } from "../testing/store-history.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { BatchBuffers, CommitCache, createRunRow, type EventRange, readEvents } from "./index.ts";

let database: TestDatabase;
let pool: Pool;
let run: number;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
  const synthetic = new SyntheticHistory({ seed: 2, framePages: 500, vms: 2 });
  run = await storeHistory(pool, synthetic, { untilPosition: 9_000, eventsPerCommit: 1_000 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Position, type, numbers of every event, and the texts. */
async function read(ofRun: number, range: EventRange): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const batch of readEvents(pool, ofRun, range)) {
    for (let i = 0; i < batch.length; i++)
      events.push([batch.firstPosition + i, batch.types[i], batch.vms[i], batch.a[i], batch.c[i], batch.d[i], batch.decisions[i]]);
    events.push(batch.texts);
    range.buffers?.give(batch);
  }
  return events;
}

test("events are the same in memory that held others before; oracle: a reader with memory of its own", async () => {
  const buffers = new BatchBuffers();
  for (const [from, to] of [
    [1, 9_000],
    [4_500, 4_600],
    [2, 1_001],
    [8_000, 8_001],
    [1_000, 7_777],
  ] as const) {
    expect(await read(run, { from, to, buffers })).toEqual(await read(run, { from, to }));
  }
});

test("events are the same from the cache, a fork's too, and what is in it is not fetched again; oracle: a reader without a cache", async () => {
  const fork = await createRunRow(pool, { status: "queued", forkOf: { run, position: 5_500 } });
  for (const maxBytes of [0, 60_000, 10_000_000]) {
    const cache = new CommitCache(maxBytes);
    for (const [from, to] of [
      [1, 3],
      [2_500, 2_600],
      [900, 4_100],
      [2_000, 9_000],
      [5_400, 5_600],
      [1, 9_000],
    ] as const) {
      expect(await read(run, { from, to, cache })).toEqual(await read(run, { from, to }));
      expect(await read(fork, { from, to, cache })).toEqual(await read(fork, { from, to }));
    }
    const connections = vi.spyOn(pool, "connect");
    await read(run, { from: 1, to: 9_000, cache });
    expect(connections.mock.calls.length === 0).toBe(maxBytes > 1_000_000);
    connections.mockRestore();
  }
});
