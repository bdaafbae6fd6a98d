import { setTimeout as sleep } from "node:timers/promises";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";
import { Prng } from "@ballast/core/prng";
import { verifyStoredDigest } from "@ballast/server/event-store";
import { openTestBench, type TestBench } from "@ballast/server/fixtures/test-bench";
import { thrashingScenario } from "@ballast/server/fixtures/scenarios";
import type { Run, RunMetrics } from "@ballast/server/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Started, startBallast } from "./testing/run-ballast.ts";

const RUNS = caseCount(4, 200);
const KILLS = caseCount(2, 40);
/** From a worker's first run to its kill. */
const MAX_LIFE_MS = isLongRun ? 4_000 : 60;
const SEEDS = 2;
const SEED = Number(process.env["BALLAST_SEED"] ?? Date.now() % 1_000_000_000);

/** The oracle of every run is the run with its seed on an executor that nothing disturbs. */
describe("workers", { timeout: isLongRun ? 1_800_000 : 180_000 }, () => {
  let testBench: TestBench;
  const started: Started[] = [];
  const quiet: { run: Run; metrics: RunMetrics | null }[] = [];
  const scenario = thrashingScenario(8_000);

  beforeAll(async () => {
    testBench = await openTestBench();
  });
  afterAll(async () => {
    for (const { child } of started) child.kill("SIGKILL");
    await Promise.all(started.map(({ finished }) => finished));
    await testBench.close();
  });

  const start = async (seed: number): Promise<Run> => await testBench.runs.startRun({ scenario, seed });

  function startWorker(): Started {
    const worker = startBallast(["worker", "--concurrency", "1"], { DATABASE_URL: testBench.connectionString });
    started.push(worker);
    return worker;
  }

  /**
   * Kills one worker after the other while it executes, and starts another in its place, until enough kills have met a run at work;
   * `more` starts a run when none is left.
   */
  async function disturb(workers: Started[], more: () => Promise<void>): Promise<void> {
    const rng = Prng.named(SEED, "kills");
    for (let kills = 0; kills < KILLS;) {
      const at = kills % workers.length;
      const run = await runOf(workers[at]!);
      if (run === undefined) {
        const { queued, running } = await testBench.runs.getQueue();
        if (queued + running === 0) await more();
        await sleep(20);
        continue;
      }
      await sleep(rng.nextBelow(MAX_LIFE_MS));
      workers[at]!.child.kill("SIGKILL");
      await workers[at]!.finished;
      if ((await testBench.runs.getRun(run)).status === "running") kills++;
      workers[at] = startWorker();
    }
  }

  async function runOf({ child }: Started): Promise<string | undefined> {
    const { workers } = await testBench.runs.getQueue();
    return workers.find(({ pid }) => pid === child.pid)?.runs[0];
  }

  async function untilAllEnded(): Promise<void> {
    for (;;) {
      const { queued, running } = await testBench.runs.getQueue();
      if (queued + running === 0) return;
      await sleep(50);
    }
  }

  async function epochOf({ logId }: Run): Promise<number> {
    const text = "select lease_epoch as epoch from runs where id = $1";
    return (await testBench.pool.query<{ epoch: number }>(text, [logId])).rows[0]!.epoch;
  }

  test(`execute ${RUNS} runs, each once, while ${KILLS} of them are killed: the runs are those that nothing disturbs`, async () => {
    console.log(`kills of workers: BALLAST_SEED=${SEED}`);
    const executor = testBench.startExecutor();
    for (let seed = 0; seed < SEEDS; seed++) {
      const run = await testBench.ended(await start(seed));
      quiet.push({ run, metrics: await testBench.runs.getMetrics(run.id) });
    }
    await executor.stop();
    const begun: Run[] = [];
    const begin = async (): Promise<void> => void begun.push(await start(begun.length % SEEDS));
    for (let index = 0; index < RUNS; index++) await begin();
    const workers = [startWorker(), startWorker()];
    await disturb(workers, begin);
    await untilAllEnded();
    const { runs, pool } = testBench;
    for (const [index, { id, logId }] of begun.entries()) {
      const expected = quiet[index % SEEDS]!;
      const { digest, headPosition, accesses } = expected.run;
      expect(await runs.getRun(id)).toMatchObject({ status: "completed", error: null, digest, headPosition, accesses });
      expect(await runs.getMetrics(id)).toEqual(expected.metrics);
      expect(await verifyStoredDigest(pool, logId)).toEqual({ position: headPosition, digest });
    }
    const epochs = await Promise.all(begun.map(epochOf));
    // Each kill that met a run at work gave it one more.
    expect(epochs.reduce((sum, epoch) => sum + epoch, 0)).toBeGreaterThanOrEqual(begun.length + KILLS);
    console.log(`${begun.length} runs under ${epochs.reduce((sum, epoch) => sum + epoch, 0)} leases`);

    const { workers: shown, queued, running, failed, throughput } = await runs.getQueue();
    expect({ queued, running, failed }).toEqual({ queued: 0, running: 0, failed: 0 });
    expect(throughput.lastHour).toBe(begun.length + SEEDS);
    expect(shown.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["worker", "worker"]));
    for (const { child } of workers) child.kill("SIGTERM");
    for (const { finished } of workers) expect(await finished).toMatchObject({ code: 0 });
    const { workers: left } = await runs.getQueue();
    expect(left.map(({ pid }) => pid)).not.toEqual(expect.arrayContaining(workers.map(({ child }) => child.pid)));
  });

  test("refuse a database on which another version executes runs, and leave its tables alone", async () => {
    await testBench.pool.query(
      "insert into workers (id, kind, host, pid, version, concurrency) values ('other:1:a::', 'server', 'elsewhere', 7, '99.0.0', 1)",
    );
    const { code, stderr } = await startWorker().finished;
    expect(stderr).toMatch(/a server on elsewhere \(process 7\) executes runs of the same database with 99\.0\.0/);
    expect(code).toBe(1);
    await testBench.pool.query("delete from workers where id = 'other:1:a::'");
  });
});
