import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BallastError } from "@ballast/core/errors";
import { processId, virtualPage, vmId } from "@ballast/core/ids";
import type { Command } from "@ballast/core/kernel";
import { EventCode } from "@ballast/core/events";
import { readTexts, selectEvents } from "../../event-store/index.ts";
import { type TestBench, openTestBench, storeScenario } from "../test-bench.fixture.ts";
import type { Run } from "../run.ts";
import type { RunSignals } from "../signals/run-signals.ts";
import { interactiveScenario, thrashingScenario } from "../scenarios.fixture.ts";
import { CommandSender } from "./command-sender.ts";

const touch = (page: number): Command => {
  return { kind: "touchPage", vm: vmId(1), process: processId(1), virtualPage: virtualPage(page), write: true };
};

/** The oracles are the events of each history and what the commands mean. */
describe("an interactive run", () => {
  let testBench: TestBench;

  beforeAll(async () => {
    testBench = await openTestBench();
    testBench.startExecutor({ settings: { parkMs: 200 } });
  });
  afterAll(async () => await testBench.close());

  async function positionsOf(run: Run, type: number): Promise<number[]> {
    const positions: number[] = [];
    for await (const { batch, indexes } of selectEvents(testBench.pool, run.logId, { types: [type] })) {
      positions.push(...Array.from(indexes, (index) => batch.firstPosition + index));
    }
    return positions;
  }

  test("waits for commands, carries them out in order and tells their positions", async () => {
    const { runs } = testBench;
    const begun = await runs.startRun({ scenario: interactiveScenario() });
    await testBench.reached(begun.id, "waiting");
    const positions: number[] = [];
    for (const page of [3, 5, 3]) positions.push((await runs.sendCommand(begun.id, touch(page))).position);
    const stopped = await runs.stopRun(begun.id);
    expect(stopped.status).toBe("stopped");
    const commanded = await positionsOf(stopped, EventCode.CommandAccepted);
    expect(commanded.slice(0, 3)).toEqual(positions);
    // Pages 3 and 5 are touched for the first time, then page 3 is there.
    expect(await positionsOf(stopped, EventCode.PageMapped)).toHaveLength(2);
    expect(await runs.verifyRun(begun.id)).toMatchObject({ positions: stopped.headPosition, digest: stopped.digest });
  });

  test("is parked when no command arrives, and wakes up for the next one", async () => {
    const { runs } = testBench;
    const begun = await runs.startRun({ scenario: interactiveScenario() });
    await testBench.reached(begun.id, "waiting");
    await runs.sendCommand(begun.id, touch(1));
    await parked(begun);
    await runs.sendCommand(begun.id, touch(2));
    const stopped = await runs.stopRun(begun.id);
    expect(await positionsOf(stopped, EventCode.PageMapped)).toHaveLength(2);
    expect(await runs.verifyRun(begun.id)).toMatchObject({ digest: stopped.digest });
  });

  /** Comes back when no executor holds the run. */
  async function parked({ logId }: Run): Promise<void> {
    const text = "select lease_owner from runs where id = $1";
    const leaseOf = async (): Promise<string | null | undefined> =>
      (await testBench.pool.query<{ lease_owner: string | null }>(text, [logId])).rows[0]?.lease_owner;
    await expect.poll(leaseOf, { timeout: 20_000 }).toBeNull();
  }

  test("carries a command out once, also if a kill kept its answer from being stored", async () => {
    const { runs, pool } = testBench;
    const begun = await runs.startRun({ scenario: interactiveScenario() });
    await testBench.reached(begun.id, "waiting");
    const first = await runs.sendCommand(begun.id, touch(1));
    const second = await runs.sendCommand(begun.id, touch(2));
    await parked(begun);
    await pool.query(
      "update run_commands set position = null, finished_at = null where id = (select max(id) from run_commands where run_id = $1)",
      [begun.logId],
    );
    const stopped = await runs.stopRun(begun.id);
    const { rows } = await pool.query<{ position: number }>("select position from run_commands where run_id = $1 order by id", [
      begun.logId,
    ]);
    const accepted = await positionsOf(stopped, EventCode.CommandAccepted);
    expect(accepted.slice(0, 2)).toEqual([first.position, second.position]);
    expect(rows.map(({ position }) => position)).toEqual(accepted);
    expect(accepted).toHaveLength(3);
  });

  test("continues from its start, recorded commands included, when it has no checkpoint", async () => {
    const { runs, pool } = testBench;
    const begun = await runs.startRun({ scenario: thrashingScenario(3_000), paused: true });
    await testBench.reached(begun.id, "paused");
    const stepped = await runs.stepRun(begun.id, 500);
    await parked(begun);
    await pool.query("delete from checkpoints where run_id = $1", [begun.logId]);
    expect(await runs.getRun(begun.id)).toMatchObject({ status: "paused", headPosition: stepped.headPosition });
    await runs.resumeRun(begun.id);
    const completed = await testBench.ended(begun.id);
    expect(completed.status).toBe("completed");
    expect(await runs.verifyRun(begun.id)).toMatchObject({ digest: completed.digest });
  });

  test("fails with RUN_DIVERGED where the re-execution gives another history than the one stored", async () => {
    const { runs, pool } = testBench;
    const begun = await runs.startRun({ scenario: thrashingScenario(3_000), paused: true });
    await testBench.reached(begun.id, "paused");
    await runs.stepRun(begun.id, 500);
    await parked(begun);
    await pool.query("delete from checkpoints where run_id = $1", [begun.logId]);
    await storeScenario(pool, begun.logId, (scenario) => JSON.stringify({ ...(JSON.parse(scenario) as object), seed: 99 }));
    await runs.resumeRun(begun.id).catch(() => undefined);
    const failed = await testBench.ended(begun.id);
    expect(failed).toMatchObject({ status: "failed", error: { code: "RUN_DIVERGED" } });
    expect(await positionsOf(failed, EventCode.RunFailed)).toEqual([failed.headPosition]);
    await expect(runs.verifyRun(begun.id)).rejects.toMatchObject({ code: "RUN_DIVERGED" });
  });

  test("refuses a command that cannot be carried out, and its history knows nothing of it", async () => {
    const { runs } = testBench;
    const begun = await runs.startRun({ scenario: interactiveScenario() });
    await testBench.reached(begun.id, "waiting");
    const refused = await runs.sendCommand(begun.id, touch(1_000_000)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BallastError);
    expect(refused).toMatchObject({ code: "COMMAND_INVALID" });
    const stopped = await runs.stopRun(begun.id);
    expect(await positionsOf(stopped, EventCode.CommandAccepted)).toHaveLength(1);
  });

  test("begins paused, makes steps, is resumed, and then completes as it would have", async () => {
    const { runs } = testBench;
    const scenario = thrashingScenario(2_000);
    const begun = await runs.startRun({ scenario, paused: true });
    const paused = await testBench.reached(begun.id, "paused");
    const stepped = await runs.stepRun(begun.id, 10);
    expect(stepped.status).toBe("paused");
    expect(stepped.headPosition).toBeGreaterThanOrEqual(paused.headPosition + 11);
    expect((await runs.resumeRun(begun.id)).status).not.toBe("paused");
    const completed = await testBench.ended(begun.id);
    expect(completed).toMatchObject({ status: "completed", accesses: 4_000 });
    expect(await runs.verifyRun(begun.id)).toMatchObject({ digest: completed.digest });
    // Without the commands the same things happen: only their three events are more.
    const undisturbed = await testBench.ended(await runs.startRun({ scenario }));
    expect(completed.headPosition).toBe(undisturbed.headPosition + 3);
    expect(await positionsOf(completed, EventCode.CommandAccepted)).toHaveLength(3);
  });

  test("is paused and resumed in the middle, and its re-execution finds every event again", async () => {
    const { runs } = testBench;
    const begun = await runs.startRun({ scenario: thrashingScenario(100_000) });
    await runs.watchRun(begun.id).wait(5_000, AbortSignal.timeout(30_000));
    const paused = await runs.pauseRun(begun.id);
    expect(paused.status).toBe("paused");
    await runs.sendCommand(begun.id, { kind: "stopVm", vm: vmId(2) });
    expect((await runs.getRun(begun.id)).status).toBe("paused");
    await runs.resumeRun(begun.id);
    const completed = await testBench.ended(begun.id);
    expect(completed.status).toBe("completed");
    expect(await runs.verifyRun(begun.id)).toMatchObject({ positions: completed.headPosition });
  });

  test("takes no command after its end", async () => {
    const { runs } = testBench;
    const ended = await testBench.ended(await runs.startRun({ scenario: thrashingScenario(100) }));
    await expect(runs.pauseRun(ended.id)).rejects.toMatchObject({ code: "RUN_STATE" });
    const sender = new CommandSender(testBench.pool, testBench.queue, { listen: () => () => {} } as unknown as RunSignals, {
      patienceMs: 1_000,
    });
    const readBefore: Run = { ...ended, status: "queued" };
    await expect(sender.send(readBefore, touch(0), undefined)).rejects.toMatchObject({
      message: expect.stringContaining("has come to its end (completed)") as string,
    });
  });
});

/** Commands that are posted before an executor has looked at the run: the oracle is the command's text in each event. */
describe("commands given before a run's first action", () => {
  let testBench: TestBench;
  beforeEach(async () => {
    testBench = await openTestBench();
  });
  afterEach(async () => await testBench.close());

  async function acceptedOf(run: Run): Promise<Map<number, unknown>> {
    const texts = await readTexts(testBench.pool, run.logId);
    const accepted = new Map<number, unknown>();
    for await (const { batch, indexes } of selectEvents(testBench.pool, run.logId, { types: [EventCode.CommandAccepted] })) {
      for (const index of indexes) accepted.set(batch.firstPosition + index, JSON.parse(texts[(batch.a[index] ?? 0) - 1] ?? "null"));
    }
    return accepted;
  }

  async function posted(run: Run, count: number): Promise<void> {
    const text = "select count(*)::integer as count from run_commands where run_id = $1";
    const countOf = async (): Promise<number | undefined> =>
      (await testBench.pool.query<{ count: number }>(text, [run.logId])).rows[0]?.count;
    await expect.poll(countOf, { timeout: 20_000 }).toBe(count);
  }

  test("each is answered with the position of its own event", async () => {
    const { runs } = testBench;
    const begun = await runs.startRun({ scenario: interactiveScenario() });
    const balloon: Command = { kind: "setBalloonTarget", vm: vmId(1), pages: 2 };
    const commands = [touch(3), balloon, touch(5), touch(3)];
    const answers = commands.map((command) => runs.sendCommand(begun.id, command));
    await posted(begun, 4);
    const paused = runs.pauseRun(begun.id);
    await posted(begun, 5);
    testBench.startExecutor();
    const sent = await Promise.all(answers);
    expect((await paused).status).toBe("paused");
    const accepted = await acceptedOf(begun);
    expect(sent.map(({ position }) => accepted.get(position))).toEqual(JSON.parse(JSON.stringify(commands)));
    expect(sent.every(({ run, position }) => run.headPosition >= position)).toBe(true);
    const stopped = await runs.stopRun(begun.id);
    expect(await runs.verifyRun(begun.id)).toMatchObject({ digest: stopped.digest });
  });

  test("a refused one gets its reason, and the run is ready for the next", async () => {
    const { runs } = testBench;
    const begun = await runs.startRun({ scenario: interactiveScenario() });
    const refused = runs.sendCommand(begun.id, touch(1_000)).catch((error: unknown) => error);
    await posted(begun, 1);
    testBench.startExecutor();
    expect(await refused).toMatchObject({ code: "COMMAND_INVALID" });
    const { position } = await runs.sendCommand(begun.id, touch(1));
    expect([...(await acceptedOf(begun)).keys()]).toEqual([position]);
    await runs.stopRun(begun.id);
  });

  test("a step makes as many events after its own as it was asked for", async () => {
    const { runs } = testBench;
    const begun = await runs.startRun({ scenario: thrashingScenario(2_000) });
    const step3 = runs.stepRun(begun.id, 3);
    await posted(begun, 1);
    testBench.startExecutor();
    const stepped = await step3;
    const [step] = [...(await acceptedOf(begun)).keys()];
    expect(stepped.status).toBe("paused");
    expect(stepped.headPosition).toBeGreaterThanOrEqual((step ?? Infinity) + 3);
    await runs.stopRun(begun.id);
  });
});
