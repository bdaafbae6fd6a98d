import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { migrateToLatest } from "../database/migrate.ts";
import { createTestDatabase, startPrivateCluster, type TestDatabase } from "../testing/index.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import {
  appendCommit,
  createRunRow,
  DigestChain,
  HEADS_CHANNEL,
  HeadNotifier,
  prepareCommit,
  type PreparedCommit,
  readHead,
  RunWriter,
  verifyStoredDigest,
} from "./index.ts";
import { NOTIFY_INTERVAL_MS } from "./head-notifier.ts";
import { caseCount } from "@ballast/core/testing/case-count";

const NO_LEASE = { owner: null, epoch: 0 };

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

/** Commits of one history, in order. */
function prepare(count: number, eventsPerCommit: number, seed = 1): PreparedCommit[] {
  const history = new SyntheticHistory({ seed, framePages: 300, vms: 2 });
  const chain = new DigestChain();
  return Array.from({ length: count }, () => prepareCommit(history.next(eventsPerCommit), chain));
}

describe("an append", () => {
  test("is refused to the second of two writers, who is told where the head is; oracle: the first one's commit", async () => {
    const run = await createRunRow(pool, { status: "running" });
    const [first, second] = prepare(2, 100) as [PreparedCommit, PreparedCommit];
    const [other] = prepare(1, 50, 2) as [PreparedCommit];
    await appendCommit(pool, { run, lease: NO_LEASE, commit: first });
    await expect(appendCommit(pool, { run, lease: NO_LEASE, commit: other })).rejects.toMatchObject({
      code: "HEAD_MOVED",
      message: expect.stringContaining(`ends at position ${first.lastPosition} `) as string,
    });
    await appendCommit(pool, { run, lease: NO_LEASE, commit: second });
    expect((await readHead(pool, run)).digest).toBe(second.digest);
  });

  test("of many writers at the same time succeeds for exactly one; oracle: the head and the stored digest", async () => {
    const run = await createRunRow(pool, { status: "running" });
    const commits = Array.from({ length: 8 }, (_, seed) => prepare(1, 40 + seed, seed + 10)[0]!);
    const outcomes = await Promise.allSettled(commits.map((commit) => appendCommit(pool, { run, lease: NO_LEASE, commit })));
    const winners = commits.filter((_, index) => outcomes[index]?.status === "fulfilled");
    expect(winners).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "HEAD_MOVED" });
    }
    expect(await verifyStoredDigest(pool, run)).toEqual({
      position: winners[0]!.lastPosition,
      digest: winners[0]!.digest,
    });
  });

  test("is refused to a writer whose lease another has taken, even at the right head", async () => {
    const run = await createRunRow(pool, { status: "running" });
    const [first, second] = prepare(2, 100) as [PreparedCommit, PreparedCommit];
    await pool.query("update runs set lease_owner = 'server-1', lease_epoch = 1 where id = $1", [run]);
    const lease = { owner: "server-1", epoch: 1 };
    await appendCommit(pool, { run, lease, commit: first });
    await pool.query("update runs set lease_owner = 'server-2', lease_epoch = 2 where id = $1", [run]);
    await expect(appendCommit(pool, { run, lease, commit: second })).rejects.toMatchObject({ code: "LEASE_LOST" });
    expect((await readHead(pool, run)).position).toBe(first.lastPosition);
  });

  test("that is sent again after it was stored changes nothing; oracle: one commit row", async () => {
    const run = await createRunRow(pool, { status: "running" });
    const [commit] = prepare(1, 100) as [PreparedCommit];
    await appendCommit(pool, { run, lease: NO_LEASE, commit });
    await appendCommit(pool, { run, lease: NO_LEASE, commit });
    const { rows } = await pool.query("select 1 from commits where run_id = $1", [run]);
    expect(rows).toHaveLength(1);
  });

  test("to a run that does not exist says so", async () => {
    const [commit] = prepare(1, 10) as [PreparedCommit];
    await expect(appendCommit(pool, { run: 999_999, lease: NO_LEASE, commit })).rejects.toMatchObject({
      code: "RUN_NOT_FOUND",
    });
  });

  test("of texts that Postgres cannot hold is a fault that names the text", () => {
    const batch = new SyntheticHistory({ seed: 1, framePages: 300, vms: 1 }).next(10);
    batch.texts[0] = "nul\0";
    expect(() => prepareCommit(batch, new DigestChain())).toThrow("text 1");
  });
});

describe("listeners", () => {
  test("hear of the last of many quick commits, at most once an interval; oracle: what LISTEN received", async () => {
    const run = await createRunRow(pool, { status: "running" });
    const commits = prepare(60, 5);
    const listener = await pool.connect();
    const heard: string[] = [];
    listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
    await listener.query(`listen ${HEADS_CHANNEL}`);
    const startMs = performance.now();
    const writer = new RunWriter(pool, run, NO_LEASE);
    for (const commit of commits) await writer.append(commit);
    const last = `${run}:${commits.at(-1)!.lastPosition}`;
    while (!heard.includes(last)) await sleep(5);
    // However slow the machine is: one immediately, one for each interval, one after the last. Timers may be 1 ms early.
    const intervals = Math.floor((performance.now() - startMs) / (NOTIFY_INTERVAL_MS - 1));
    expect(heard.length).toBeLessThanOrEqual(intervals + 2);
    writer.close();
    listener.release(true);
  });

  test("are woken at most once per interval by one run; oracle: a clock that the test turns", () => {
    let nowMs = 1_000;
    const notifier = new HeadNotifier(pool, 1, () => nowMs);
    const turns = [0, 5, 14, 1, 19, 2].map((stepMs) => {
      nowMs += stepMs;
      return notifier.shouldNotify(1);
    });
    notifier.stop();
    expect(turns).toEqual([true, false, false, true, false, true]);
  });
});

describe("a Postgres that is killed in the middle of appends", () => {
  const kills = caseCount(1, 12);

  test(`loses nothing that was acknowledged and stores nothing twice (${kills} kills); oracle: the digest chain in memory`, async () => {
    const cluster = await startPrivateCluster();
    try {
      await migrateToLatest(cluster.connectionString);
      const own = createPool(cluster.connectionString);
      const run = await createRunRow(own, { status: "running" });
      const writer = new RunWriter(own, run, NO_LEASE);
      const history = new SyntheticHistory({ seed: 4, framePages: 500, vms: 2 });
      const chain = new DigestChain();
      let stopAfter = Infinity;
      const writing = (async () => {
        for (let written = 0; written < stopAfter; written++) await writer.append(prepareCommit(history.next(400), chain));
      })();
      for (let kill = 0; kill < kills; kill++) {
        await sleep(120 + kill * 13);
        await cluster.kill();
        await cluster.start();
      }
      stopAfter = 0;
      await writing;
      writer.close();
      expect(await verifyStoredDigest(own, run)).toEqual({
        position: history.machine.position,
        digest: chain.digest(),
      });
      await own.end();
    } finally {
      await cluster.remove();
    }
  });
});

describe("a damaged history", () => {
  test("is found with the positions of the damaged commit", async () => {
    const run = await createRunRow(pool, { status: "completed" });
    const commits = prepare(5, 300);
    for (const commit of commits) await appendCommit(pool, { run, lease: NO_LEASE, commit });
    const { firstPosition, lastPosition } = commits[2]!;
    await pool.query("update commits set a_0 = set_byte(a_0, 7, get_byte(a_0, 7) # 1) where run_id = $1 and first_position = $2", [
      run,
      firstPosition,
    ]);
    await expect(verifyStoredDigest(pool, run)).rejects.toMatchObject({
      code: "HISTORY_DAMAGED",
      message: expect.stringContaining(`${firstPosition}-${lastPosition}`) as string,
    });
    await pool.query("delete from commits where run_id = $1 and first_position = $2", [run, firstPosition]);
    await expect(verifyStoredDigest(pool, run)).rejects.toThrow(`${firstPosition}-${lastPosition}) is missing`);
  });
});
