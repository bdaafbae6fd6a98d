import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { QUEUE_SCHEMA } from "../../database/queue-schema.ts";
import { inTransaction } from "../../database/index.ts";
import { claimRun } from "../store/claim.ts";
import { failForNow, releaseRun, retryRunLater } from "../store/give-back.ts";
import { mendQueue } from "../store/mend-queue.ts";
import { type TestBench, openTestBench } from "../test-bench.fixture.ts";
import type { Run } from "../run.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";
import { priorityOf } from "./run-queue.ts";

type JobRow = { name: string; state: string; retry_count: number; output: unknown };

/** The oracle of every job is pg-boss' own table. */
describe("the queue of runs", () => {
  let testBench: TestBench;

  beforeAll(async () => {
    testBench = await openTestBench();
  });
  afterAll(async () => await testBench.close());

  const start = async (): Promise<Run> => await testBench.runs.startRun({ scenario: thrashingScenario(100) });
  const claim = (): ReturnType<typeof claimRun> =>
    claimRun(testBench.pool, testBench.queue, { owner: "test", leaseMs: 60_000 }, { except: [] });

  async function jobsOf({ id }: Run): Promise<JobRow[]> {
    const text = `select name, state::text as state, retry_count, output from ${QUEUE_SCHEMA}.job where id = $1`;
    return (await testBench.pool.query<JobRow>(text, [id])).rows;
  }

  test("a job comes and goes with its run's transaction", async () => {
    const { pool, queue } = testBench;
    const run = await start();
    expect(await jobsOf(run)).toMatchObject([{ name: "runs", state: "created" }]);
    const undone = inTransaction(pool, async (client) => {
      await queue.remove(client, run.id);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await jobsOf(run)).toHaveLength(1);
    await testBench.runs.stopRun(run.id);
    expect(await jobsOf(run)).toEqual([]);
  });

  test("the older of two runs is taken first, a commanded one before both, and none twice", async () => {
    const { pool, queue } = testBench;
    const runs = [await start(), await start(), await start()];
    const last = { id: runs[2]!.id, run: runs[2]!.logId };
    await inTransaction(pool, async (client) => await queue.add(client, last, { isUrgent: true }));
    const claims = await Promise.all([claim(), claim()]).then(async (found) => [...found, await claim(), await claim()]);
    expect(new Set(claims.map((taken) => taken?.run))).toEqual(new Set([...runs.map(({ logId }) => logId), undefined]));
    expect(claims.slice(0, 2).map((taken) => taken?.run)).toContain(last.run);
    for (const taken of claims) if (taken !== undefined) await releaseRun(pool, queue, taken);
    expect(await jobsOf(runs[2]!)).toMatchObject([{ state: "created", retry_count: 0 }]);
    for (const run of runs) await testBench.runs.deleteRun(run.id);
    expect(await jobsOf(runs[2]!)).toEqual([]);
  });

  test("a run that ends its workers is taken three times, later each time, and is then failed until it is tried again", async () => {
    const { pool, queue } = testBench;
    const run = await start();
    const error = { code: "INTERNAL", message: "died" } as const;
    for (const failures of [0, 1, 2]) {
      await pool.query(`update ${QUEUE_SCHEMA}.job set start_after = now() where id = $1`, [run.id]);
      const taken = (await claim())!;
      expect(taken).toMatchObject({ run: run.logId, failures, lease: { epoch: failures + 1 } });
      await retryRunLater(pool, queue, taken, error);
      // It has to wait, or is not queued at all.
      expect(await claim()).toBeUndefined();
    }
    expect(await jobsOf(run)).toMatchObject([{ name: "failed-runs", state: "created" }]);
    expect(await testBench.runs.getRun(run.id)).toMatchObject({ status: "failed", error });
    await testBench.runs.deleteRun(run.id);
    expect(await jobsOf(run)).toEqual([]);
  });

  test("what was lost from the queue is put back, and what is left of ended runs is removed", async () => {
    const { pool, queue } = testBench;
    const [lost, failed, ended] = [await start(), await start(), await start()];
    await pool.query(`delete from ${QUEUE_SCHEMA}.job where id = $1`, [lost.id]);
    await pool.query(`update ${QUEUE_SCHEMA}.job set priority = 1 where id = $1`, [ended.id]);
    await pool.query("update runs set status = 'completed' where id = $1", [ended.logId]);
    const taken = (await claim())!;
    expect(taken.run).toBe(failed.logId);
    await failForNow(pool, queue, taken, { code: "POLICY_NOT_FOUND", message: "none" });
    await mendQueue(pool, queue);
    expect(await jobsOf(lost)).toMatchObject([{ name: "runs", state: "created" }]);
    expect(await jobsOf(failed)).toMatchObject([{ name: "failed-runs" }]);
    expect(await jobsOf(ended)).toEqual([]);
    await mendQueue(pool, queue);
    expect((await claim())?.run).toBe(lost.logId);
  });

  test("a priority names one run: those of neighbours differ, and urgent ones are above all others", () => {
    const runs = [1, 2, 2 ** 30 - 1];
    const ordinary = runs.map((run) => priorityOf(run, false));
    const urgent = runs.map((run) => priorityOf(run, true));
    expect(new Set([...ordinary, ...urgent]).size).toBe(6);
    expect(Math.min(...urgent)).toBeGreaterThan(Math.max(...ordinary));
    expect(ordinary).toEqual(ordinary.toSorted((one, other) => other - one));
  });
});
