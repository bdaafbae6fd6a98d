import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool } from "../database/index.ts";
import { migrateToLatest } from "../database/migrate.ts";
import { type PrivateCluster, startPrivateCluster } from "../testing/index.ts";
import { importTrace, listTraces } from "./index.ts";

let cluster: PrivateCluster;

beforeAll(async () => {
  cluster = await startPrivateCluster();
  await migrateToLatest(cluster.connectionString);
});

afterAll(async () => {
  await cluster.remove();
});

// Oracle: the tables after Postgres has recovered, while blocks had been sent when it was killed.
test("an import whose Postgres is killed says so and leaves nothing, and can be done again", async () => {
  const pool = createPool(cluster.connectionString, { max: 3 });
  try {
    const lines = Buffer.from(Array.from({ length: 100_000 }, (_, i) => `L 0x${(i % 500).toString(16)}\n`).join(""));
    const endless = (async function* () {
      for (;;) yield lines;
    })();
    let killed: Promise<void> | undefined;
    const onProgress = ({ referenceCount }: { referenceCount: number }): void => {
      if (referenceCount >= 300_000) killed ??= cluster.kill();
    };
    const source = { file: "endless.pages", bytes: endless };
    await expect(importTrace({ pool, source, name: "new", onProgress })).rejects.toMatchObject({
      code: "DATABASE_UNREACHABLE",
    });
    expect(killed).toBeDefined();
    await killed;
    await cluster.start();
    expect(await listTraces(pool)).toEqual([]);
    expect((await pool.query("select from trace_blocks")).rowCount).toBe(0);
    const once = (async function* () {
      yield lines;
    })();
    const again = await importTrace({ pool, source: { file: "once.pages", bytes: once }, name: "new" });
    expect(again).toMatchObject({ imported: true, trace: { referenceCount: 100_000, pageCount: 500 } });
  } finally {
    await pool.end();
  }
});
