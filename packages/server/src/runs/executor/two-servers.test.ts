import { fork } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseCount } from "@ballast/core/testing/case-count";
import { verifyStoredDigest } from "../../event-store/index.ts";
import { type TestBench, openTestBench } from "../test-bench.fixture.ts";
import type { Run } from "../run.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";
import { isOwnerGone } from "../store/lease-owner.ts";
import { isRunDue } from "../store/claim.ts";
import { abandonedRuns } from "../store/give-back.ts";
import { leaseOwners } from "../store/leases.ts";

const RUNS = caseCount(4, 8);

/** The oracle of every digest is the same scenario executed by one undisturbed server. */
describe("two servers on one database", { timeout: 240_000 }, () => {
  let testBench: TestBench;
  /** Made by the first test that needs it, while its executor runs. */
  let undisturbed: Promise<Run> | undefined;
  const DISTURBED = thrashingScenario(30_000);
  const expectedRun = (): Promise<Run> =>
    (undisturbed ??= testBench.runs.startRun({ scenario: DISTURBED }).then((run) => testBench.ended(run)));

  beforeAll(async () => {
    testBench = await openTestBench(["throwing"]);
  });
  afterAll(async () => await testBench.close());

  const leaseEpoch = async ({ logId }: Run): Promise<number> => {
    const text = "select lease_epoch from runs where id = $1";
    return (await testBench.pool.query<{ lease_epoch: number }>(text, [logId])).rows[0]?.lease_epoch ?? 0;
  };

  test("share the queue: every run is executed, and none twice", async () => {
    const { runs } = testBench;
    const executors = [testBench.startExecutor(), testBench.startExecutor()];
    const begun = await Promise.all(
      Array.from({ length: RUNS }, (_, index) => runs.startRun({ scenario: thrashingScenario(3_000), seed: index % 2 })),
    );
    const ended = await Promise.all(begun.map((run) => testBench.ended(run)));
    expect(ended.map(({ status }) => status)).toEqual(Array<string>(RUNS).fill("completed"));
    // A claim raises the epoch: each run was claimed once.
    expect(await Promise.all(ended.map(leaseEpoch))).toEqual(Array<number>(RUNS).fill(1));
    expect(new Set(ended.map(({ digest }) => digest)).size).toBe(2);
    await Promise.all(executors.map((executor) => executor.stop()));
  });

  test("leave a run to the one that has its policy; oracle: what the policy throwing says when it runs", async () => {
    const { runs, pool } = testBench;
    const without = testBench.startExecutor({ isolatedPolicies: [], policyNames: ["random-steal"] });
    const scenario = thrashingScenario(3_000, { policy: { name: "throwing", parameters: {} } });
    const run = await runs.startRun({ scenario });
    // A run that was queued later is through: the one before was looked at, and left.
    const later = await testBench.ended(
      await runs.startRun({ scenario: thrashingScenario(3_000, { policy: { name: "random-steal", parameters: {} } }) }),
    );
    expect(later.status).toBe("completed");
    expect(await runs.getRun(run.id)).toMatchObject({ status: "queued" });
    expect(await isRunDue(pool, { except: [], policies: ["random-steal"] })).toBe(false);
    const having = testBench.startExecutor({ policyNames: ["random-steal", "throwing"] });
    expect(await testBench.ended(run)).toMatchObject({ status: "failed", error: { code: "POLICY_THREW" } });
    await Promise.all([without.stop(), having.stop()]);
  });

  test("take over from each other: one that was frozen for too long is refused when it comes back", async () => {
    const { runs, connectionString } = testBench;
    const run = await runs.startRun({ scenario: DISTURBED });
    const file = new URL("executor-process.fixture.ts", import.meta.url);
    const frozen = fork(file, [connectionString, "500"], { stdio: ["ignore", "inherit", "pipe", "ipc"] });
    try {
      const notices: string[] = [];
      frozen.stderr?.on("data", (data: Buffer) => notices.push(data.toString()));
      await runs.watchRun(run.id).wait(2_000, AbortSignal.timeout(30_000));
      frozen.kill("SIGSTOP");
      const other = testBench.startExecutor();
      const found = await testBench.ended(run);
      expect(await leaseEpoch(run)).toBe(2);
      frozen.kill("SIGCONT");
      await expect.poll(() => notices.join(""), { timeout: 20_000 }).toContain("lost");

      const expected = await expectedRun();
      expect(await runs.getRun(run.id)).toEqual(found);
      expect(found).toMatchObject({
        status: "completed",
        digest: expected.digest,
        headPosition: expected.headPosition,
      });
      expect(await verifyStoredDigest(testBench.pool, run.logId)).toMatchObject({ digest: expected.digest });
      await other.stop();
    } finally {
      frozen.kill("SIGKILL");
      if (frozen.exitCode === null && frozen.signalCode === null) await once(frozen, "exit");
    }
  });

  test("need not wait for the lease of one that was killed: the digest is that of an undisturbed run", async () => {
    const { runs, connectionString } = testBench;
    const run = await runs.startRun({ scenario: DISTURBED });
    const file = new URL("executor-process.fixture.ts", import.meta.url);
    // No test waits for this lease: it lasts longer than the test may.
    const killed = fork(file, [connectionString, "3600000"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const gone = once(killed, "exit");
    await runs.watchRun(run.id).wait(2_000, AbortSignal.timeout(30_000));
    const other = testBench.startExecutor();
    killed.kill("SIGKILL");
    await gone;
    const found = await testBench.ended(run);
    expect(await leaseEpoch(run)).toBe(2);
    const expected = await expectedRun();
    expect(found).toMatchObject({ status: "completed", digest: expected.digest, headPosition: expected.headPosition });
    await other.stop();
  });

  test("leave a run alone while its owner lives: one that is frozen keeps it until its lease ends", async () => {
    const { runs, connectionString, pool } = testBench;
    const run = await runs.startRun({ scenario: thrashingScenario(15_000) });
    const file = new URL("executor-process.fixture.ts", import.meta.url);
    const frozen = fork(file, [connectionString, "3600000"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const gone = once(frozen, "exit");
    await runs.watchRun(run.id).wait(1, AbortSignal.timeout(30_000));
    frozen.kill("SIGSTOP");
    const owners = await leaseOwners(pool);
    expect(owners.map((owner) => Number(owner.split(":")[1]))).toContain(frozen.pid);
    expect(owners.filter((owner) => isOwnerGone(owner))).toEqual([]);
    expect(await isRunDue(pool, { except: [], only: [run.logId] })).toBe(false);
    expect(await abandonedRuns(pool, [])).toEqual([]);
    frozen.kill("SIGKILL");
    await gone;
    const goneOwners = (await leaseOwners(pool)).filter((owner) => isOwnerGone(owner));
    // The next server that looks queues and claims it, as in the previous test.
    expect(await abandonedRuns(pool, goneOwners)).toEqual([{ run: run.logId, id: run.id }]);
  });

  test("one that executes its own runs only leaves those of others in the queue", async () => {
    const { runs, pool } = testBench;
    const foreign = await runs.startRun({ scenario: thrashingScenario(3_000) });
    const own = await runs.startRun({ scenario: thrashingScenario(3_000) });
    const executor = testBench.startExecutor({ onlyRuns: new Set([own.logId]) });
    expect(await testBench.ended(own)).toMatchObject({ status: "completed" });
    // It was queued before the own one, and is still due.
    expect(await runs.getRun(foreign.id)).toMatchObject({ status: "queued" });
    expect(await isRunDue(pool, { except: [], only: [foreign.logId] })).toBe(true);
    await executor.stop();
    const any = testBench.startExecutor();
    expect(await testBench.ended(foreign)).toMatchObject({ status: "completed" });
    await any.stop();
  });

  test("give their runs back when they stop, and the other continues immediately", async () => {
    const { runs } = testBench;
    const run = await runs.startRun({ scenario: DISTURBED });
    const first = testBench.startExecutor({ leaseMs: 600_000 });
    await runs.watchRun(run.id).wait(2_000, AbortSignal.timeout(30_000));
    await first.stop();
    const stopped = await runs.getRun(run.id);
    expect(stopped.status).toBe("running");
    testBench.startExecutor();
    const found = await testBench.ended(run);
    expect(found.headPosition).toBeGreaterThan(stopped.headPosition);
    const expected = await expectedRun();
    expect(found.digest).toBe(expected.digest);
  });
});
