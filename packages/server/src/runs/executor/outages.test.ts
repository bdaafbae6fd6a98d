import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Prng } from "@ballast/core/prng";
import { migrateToLatest } from "../../database/migrate.ts";
import { verifyStoredDigest } from "../../event-store/index.ts";
import { type PrivateCluster, startPrivateCluster } from "../../testing/index.ts";
import { type TestBench, openTestBenchOn } from "../test-bench.fixture.ts";
import type { Run } from "../run.ts";
import type { Executor, ExecutorNotice } from "./executor.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";

const KILLS = caseCount(1, 20);
const ACCESSES = isLongRun ? 1_500_000 : 60_000;
const SEED = Number(process.env["BALLAST_SEED"] ?? Date.now() % 1_000_000_000);

/** 53100 is disk_full in Postgres' table of error codes. */
const FILL_DISK = `
  create sequence refusals;
  create function refuse() returns trigger language plpgsql as $$
  begin perform nextval('refusals'); raise 'no space left' using errcode = '53100'; end $$;
  create trigger full_disk before insert on commits for each row execute function refuse();`;
const CLEAR_DISK = "drop trigger full_disk on commits; drop function refuse; drop sequence refusals";

/** The oracle is the digest of the same scenario when nothing happens to Postgres. */
describe("a run whose Postgres goes away", () => {
  let cluster: PrivateCluster;
  let testBench: TestBench;
  let executor: Executor;
  let expected: unknown;
  const rng = Prng.named(SEED, "outages");

  beforeAll(async () => {
    console.log(`outages at random moments: BALLAST_SEED=${SEED}`);
    cluster = await startPrivateCluster();
    await migrateToLatest(cluster.connectionString);
    testBench = await openTestBenchOn(cluster.connectionString, () => cluster.remove());
    executor = testBench.startExecutor({ settings: { checkpointMs: 300, flushMs: 10 }, leaseMs: 2_000 });
    expected = await outcomeOf(await start());
  }, 120_000);
  afterAll(async () => await testBench.close());

  const start = async (): Promise<Run> => await testBench.runs.startRun({ scenario: thrashingScenario(ACCESSES) });

  /** What has to be equal in the end, computed from the stored events again. */
  async function outcomeOf(run: Run): Promise<unknown> {
    const { status, error, digest, headPosition, accesses, logId } = await testBench.ended(run);
    const stored = await verifyStoredDigest(testBench.pool, logId);
    return { status, error, digest, headPosition, accesses, stored };
  }

  /** Comes back at a random moment while events are appended. */
  async function inTheMiddle(run: Run): Promise<void> {
    const { headPosition } = await testBench.runs.getRun(run.id);
    const { status } = await testBench.runs.watchRun(run.id).wait(headPosition + 5_000, AbortSignal.timeout(60_000));
    expect(status).toBe("running");
    await sleep(rng.nextBelow(60));
  }

  test(`continues after Postgres was killed ${KILLS} times in the middle of appends`, async () => {
    const run = await start();
    for (let kill = 0; kill < KILLS; kill++) {
      await inTheMiddle(run);
      await cluster.kill();
      await cluster.start();
    }
    expect(await outcomeOf(run)).toEqual(expected);
  });

  test("continues after all of its connections were ended, as at a fast stop of Postgres", async () => {
    const run = await start();
    for (let cut = 0; cut < KILLS; cut++) {
      await inTheMiddle(run);
      await testBench.pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
      );
    }
    expect(await outcomeOf(run)).toEqual(expected);
  });

  test("continues after Postgres had no space left for a while", async () => {
    const run = await start();
    await inTheMiddle(run);
    await testBench.pool.query(FILL_DISK);
    const { headPosition } = await testBench.runs.getRun(run.id);
    // A sequence counts on in transactions that fail.
    const refusals = async (): Promise<number> =>
      (await testBench.pool.query<{ count: number }>("select last_value::integer as count from refusals")).rows[0]!.count;
    await expect.poll(refusals, { timeout: 20_000 }).toBeGreaterThan(2);
    expect((await testBench.runs.getRun(run.id)).headPosition).toBe(headPosition);
    await testBench.pool.query(CLEAR_DISK);
    expect(await outcomeOf(run)).toEqual(expected);
  });

  test("is given back when there is no space for longer than is waited for, and continues later", async () => {
    await executor.stop();
    const notices: string[] = [];
    const onNotice = ({ what, error }: ExecutorNotice): void => {
      notices.push(`${what}: ${error instanceof Error ? error.message : ""}`);
    };
    testBench.startExecutor({ settings: { retryForMs: 200 }, onNotice });
    const run = await start();
    await inTheMiddle(run);
    await testBench.pool.query(FILL_DISK);
    await expect
      .poll(() => notices, { timeout: 20_000 })
      .toContainEqual(expect.stringMatching(/^a run cannot be stored now; .*: Postgres has no space left/));
    await testBench.pool.query(CLEAR_DISK);
    expect((await testBench.runs.getRun(run.id)).status).toBe("running");
    expect(await outcomeOf(run)).toEqual(expected);
  });
});
