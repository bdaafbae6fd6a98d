import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EventCode } from "@ballast/core/events";
import { eventAt, verifyStoredDigest } from "../../event-store/index.ts";
import { claimRun } from "../store/claim.ts";
import { failForNow } from "../store/give-back.ts";
import { type TestBench, openTestBench } from "../test-bench.fixture.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";

describe("a run that failed", () => {
  let testBench: TestBench;

  beforeAll(async () => {
    testBench = await openTestBench(["throwing"]);
  });
  afterAll(async () => await testBench.close());

  test("by what is around it continues to the digest of a run that did not; oracle: that run", async () => {
    const { runs, pool, queue } = testBench;
    // Long enough to be met in its middle: it is taken away after its first events.
    const scenario = thrashingScenario(60_000);
    const first = testBench.startExecutor({ settings: { flushMs: 5 } });
    const expected = await testBench.ended(await runs.startRun({ scenario }));
    const run = await runs.startRun({ scenario });
    await runs.watchRun(run.id).wait(0, AbortSignal.timeout(30_000));
    await first.stop();
    const claim = (await claimRun(pool, queue, { owner: "test", leaseMs: 60_000 }, { except: [] }))!;
    await failForNow(pool, queue, claim, { code: "INTERNAL", message: "its workers died" });
    const failed = await runs.getRun(run.id);
    expect(failed).toMatchObject({ status: "failed", error: { code: "INTERNAL" } });
    expect(failed.headPosition).toBeGreaterThan(0);
    expect(await runs.getQueue()).toMatchObject({ queued: 0, running: 0, failed: 1 });

    expect(await runs.retryRun(run.id)).toMatchObject({ status: "running", error: null, finishedAt: null });
    await expect(runs.retryRun(run.id)).rejects.toMatchObject({
      code: "RUN_STATE",
      message: expect.stringContaining("is running") as string,
    });
    const second = testBench.startExecutor();
    const { digest, headPosition } = expected;
    expect(await testBench.ended(run)).toMatchObject({ status: "completed", error: null, digest, headPosition });
    expect(await verifyStoredDigest(pool, run.logId)).toEqual({ digest, position: headPosition });
    expect(await runs.getQueue()).toMatchObject({ queued: 0, running: 0, failed: 0 });
    await second.stop();
  });

  test("because its policy was not there has no event of it, and executes once the policy is; oracle: what the policy throwing says", async () => {
    const { runs, pool } = testBench;
    const without = testBench.startExecutor({ isolatedPolicies: [] });
    const run = await runs.startRun({ scenario: thrashingScenario(3_000, { policy: { name: "throwing", parameters: {} } }) });
    expect(await testBench.ended(run)).toMatchObject({ status: "failed", headPosition: 0, error: { code: "POLICY_NOT_FOUND" } });
    await without.stop();
    expect(await runs.retryRun(run.id)).toMatchObject({ status: "queued" });
    const having = testBench.startExecutor();
    const thrown = await testBench.ended(run);
    expect(thrown).toMatchObject({ status: "failed", error: { code: "POLICY_THREW" } });
    expect((await eventAt(pool, run.logId, thrown.headPosition)).types[0]).toBe(EventCode.RunFailed);
    // Its history says how it ended: it would end so again.
    await expect(runs.retryRun(run.id)).rejects.toMatchObject({
      code: "RUN_STATE",
      message: expect.stringContaining("its history says so") as string,
    });
    await having.stop();
  });
});
