import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPool, type Pool } from "../../database/index.ts";
import { verifyStoredDigest } from "../../event-store/index.ts";
import { CallGuard, DEFAULT_POLICY_LIMITS, loadPolicies } from "../../installed-policies/index.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/index.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";
import { PostgresRunReader } from "../service/run-reader.ts";
import { RunStarter } from "../service/run-starter.ts";
import { RunQueue } from "../queue/run-queue.ts";
import { type Claim, claimRun } from "../store/claim.ts";
import { releaseRun } from "../store/give-back.ts";
import { readRun } from "../store/run-rows.ts";
import type { Run } from "../run.ts";
import { executeRun } from "./execute-run.ts";
import type { FindPolicy } from "./kernel-input.ts";
import { WorkerSignals } from "./worker-signals.ts";
import type { Outcome } from "./outcome.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";

describe("executing a run", () => {
  let database: TestDatabase;
  let pool: Pool;
  let queue: RunQueue;
  let findPolicy: FindPolicy;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.connectionString);
    queue = new RunQueue(pool);
    findPolicy = (await loadPolicies([])).getPolicy;
  });
  afterAll(async () => {
    await queue.close();
    await pool.end();
    await database.drop();
  });

  const start = async (accesses: number): Promise<string> =>
    await new RunStarter(pool, queue, findPolicy).startRun({ scenario: thrashingScenario(accesses) });

  async function claim(): Promise<Claim> {
    const claimed = await claimRun(pool, queue, { owner: "test", leaseMs: 60_000 }, { except: [] });
    if (claimed === undefined) throw new Error("nothing to claim");
    return claimed;
  }

  async function execute(claimed: Claim, releaseAt = Infinity, checkpointMs = 1e9): Promise<Outcome> {
    const workerSignals = new WorkerSignals();
    const guard = new CallGuard(new SharedArrayBuffer(CallGuard.BYTES));
    const settings = { ...DEFAULT_SETTINGS, flushMs: 5, checkpointMs };
    const report = ({ position }: { position: number }): void => {
      if (position >= releaseAt) workerSignals.interrupt("release");
    };
    return await executeRun(claimed, { pool, findPolicy, policyLimits: DEFAULT_POLICY_LIMITS, guard, workerSignals, settings, report });
  }

  async function executeWhole(accesses: number): Promise<Run> {
    const id = await start(accesses);
    const claimed = await claim();
    expect(await execute(claimed)).toEqual({ kind: "finished", status: "completed" });
    await queue.remove(pool, claimed.job);
    return await readRun(pool, id);
  }

  test("stores every event under a digest that the stored events give again", async () => {
    const run = await executeWhole(20_000);
    expect(run).toMatchObject({ status: "completed", accesses: 40_000, error: null });
    expect(await verifyStoredDigest(pool, run.logId)).toEqual({ position: run.headPosition, digest: run.digest });
  });

  test("gives the same digest and bound on faults when it is handed over again and again, from checkpoints; oracle: the run in one go", async () => {
    const whole = await executeWhole(20_000);
    const id = await start(20_000);
    for (let at = 5_000; ; at += 5_000) {
      const claimed = await claim();
      const outcome = await execute(claimed, at);
      if (outcome.kind === "finished") break;
      expect(outcome).toEqual({ kind: "released" });
      await releaseRun(pool, queue, claimed);
    }
    const run = await readRun(pool, id);
    expect(run.digest).toBe(whole.digest);
    expect(run.headPosition).toBe(whole.headPosition);
    const [metrics, metricsOfWhole] = await Promise.all([id, whole.id].map((of) => new PostgresRunReader(pool).getMetrics(of)));
    expect(metricsOfWhole?.faultBound?.minFaults).toBeGreaterThan(0);
    expect(metrics).toEqual(metricsOfWhole);
  });
});
