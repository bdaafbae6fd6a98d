import { afterAll, beforeAll, expect, test } from "vitest";
import { migrateToLatest } from "@ballast/server/database/migrate";
import { type TestBench, openTestBenchOn } from "@ballast/server/fixtures/test-bench";
import { interactiveScenario, thrashingScenario } from "@ballast/server/fixtures/scenarios";
import { type PrivateCluster, startPrivateCluster } from "@ballast/server/testing";
import { followRun, stopRuns } from "./follow-run.ts";

let cluster: PrivateCluster;
let testBench: TestBench;

beforeAll(async () => {
  cluster = await startPrivateCluster();
  await migrateToLatest(cluster.connectionString);
  testBench = await openTestBenchOn(cluster.connectionString, () => cluster.remove());
  testBench.startExecutor({ leaseMs: 2_000 });
});

afterAll(async () => await testBench.close());

test("a run is followed to its end through a crash of Postgres", async () => {
  const run = await testBench.runs.startRun({ scenario: thrashingScenario(100_000) });
  let crash: Promise<void> | undefined;
  const status = await followRun(testBench.runs, run.id, AbortSignal.timeout(50_000), ({ headPosition }) => {
    if (headPosition > 0) crash ??= cluster.kill().then(() => cluster.start());
  });
  await crash;
  expect(crash).toBeDefined();
  expect(status).toBe("completed");
});

test("a run that is over counts as stopped, one whose stop no database takes does not", async () => {
  const over = await testBench.runs.startRun({ scenario: thrashingScenario(1_000) });
  await testBench.ended(over);
  expect(await stopRuns(testBench.runs, [over.id])).toBe(true);
  const waiting = await testBench.runs.startRun({ scenario: interactiveScenario() });
  await testBench.reached(waiting.id, "waiting");
  await cluster.kill();
  const isStopped = await stopRuns(testBench.runs, [waiting.id]);
  await cluster.start();
  expect(isStopped).toBe(false);
});
