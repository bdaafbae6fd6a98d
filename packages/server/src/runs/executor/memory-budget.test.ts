import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inTransaction } from "../../database/index.ts";
import { type TestBench, openTestBench } from "../test-bench.fixture.ts";
import type { Run } from "../run.ts";
import { interactiveScenario, thrashingScenario } from "../scenarios.fixture.ts";
import { growMemory } from "../store/grow-memory.ts";
import type { ExecutorNotice } from "./executor.ts";

/** The oracle of what a run needs is the column that it was given at its start. */
describe("the memory of runs at the same time", () => {
  let testBench: TestBench;

  beforeAll(async () => {
    testBench = await openTestBench();
  });
  afterAll(async () => await testBench.close());

  async function memoryOf({ logId }: Run): Promise<number> {
    const text = "select memory_bytes from run_jobs where run_id = $1";
    return (await testBench.pool.query<{ memory_bytes: number }>(text, [logId])).rows[0]?.memory_bytes ?? 0;
  }

  async function setMemory({ logId }: Run, bytes: number): Promise<void> {
    await testBench.pool.query("update run_jobs set memory_bytes = $2 where run_id = $1", [logId, bytes]);
  }

  test("a run begins when it fits beside those that are under way, and the first in the queue is not overtaken", async () => {
    const { runs } = testBench;
    const first = await runs.startRun({ scenario: thrashingScenario(20_000) });
    const bytes = await memoryOf(first);
    expect(bytes).toBeGreaterThan(128 * 2 ** 20);
    const [large, small] = [
      await runs.startRun({ scenario: thrashingScenario(100) }),
      await runs.startRun({ scenario: thrashingScenario(100) }),
    ];
    await setMemory(large, bytes * 2);
    await setMemory(small, 0);
    const executor = testBench.startExecutor({ workers: 3, runMemoryBytes: bytes * 2 });
    const ended: Run[] = [];
    await Promise.all([first, large, small].map(async (run) => ended.push(await testBench.ended(run))));
    expect(ended.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
    const startedAt = (run: Run): number => ended.find(({ id }) => id === run.id)?.startedAt?.getTime() ?? Number.NaN;
    const finishedAt = (run: Run): number => ended.find(({ id }) => id === run.id)?.finishedAt?.getTime() ?? Number.NaN;
    expect(startedAt(large)).toBeGreaterThanOrEqual(finishedAt(first));
    expect(startedAt(small)).toBeGreaterThanOrEqual(startedAt(large));
    await executor.stop();
  });

  test("a run that waits for a command gives its memory to one that is due", async () => {
    const { runs } = testBench;
    const waiting = await runs.startRun({ scenario: interactiveScenario() });
    const limit = await memoryOf(waiting);
    const executor = testBench.startExecutor({ workers: 3, runMemoryBytes: limit });
    await testBench.reached(waiting.id, "waiting");
    const due = await runs.startRun({ scenario: thrashingScenario(100) });
    await setMemory(due, limit);
    expect((await testBench.ended(due)).status).toBe("completed");
    await runs.stopRun(waiting.id);
    await executor.stop();
  });

  test("a run that needs more than there is for all stays queued, and the log says so once", async () => {
    const { runs } = testBench;
    const run = await runs.startRun({ scenario: thrashingScenario(100) });
    await setMemory(run, 3 * 2 ** 40);
    const notices: ExecutorNotice[] = [];
    const executor = testBench.startExecutor({ runMemoryBytes: 2 ** 40, onNotice: (notice) => notices.push(notice) });
    expect((await testBench.ended(await runs.startRun({ scenario: thrashingScenario(100) }))).status).toBe("completed");
    await expect.poll(() => notices.length).toBeGreaterThan(0);
    executor.lookAgain();
    await executor.stop();
    const what = "a run needs 3.00 TiB of memory, BALLAST_RUN_MEMORY allows 1.00 TiB here: it stays queued";
    expect(notices).toEqual([{ what, run: run.logId }]);
    expect((await runs.getRun(run.id)).status).toBe("queued");
    await runs.deleteRun(run.id);
  });

  test("a VM that a command adds counts as well", async () => {
    const { runs, pool } = testBench;
    const run = await runs.startRun({ scenario: interactiveScenario(), paused: true });
    const before = await memoryOf(run);
    const spec = { ...interactiveScenario().vms[0]!, name: "added", configuredPages: 1_000_000 };
    const executor = testBench.startExecutor();
    await runs.sendCommand(run.id, { kind: "addVm", spec });
    const after = await memoryOf(run);
    expect(after).toBeGreaterThan(before + 1_000_000 * 100);
    const beyond = inTransaction(pool, async (client) => await growMemory(client, run, 1, after));
    await expect(beyond).rejects.toMatchObject({ code: "MEMORY_EXCEEDED" });
    expect(await memoryOf(run)).toBe(after);
    await runs.stopRun(run.id);
    await executor.stop();
  });
});
