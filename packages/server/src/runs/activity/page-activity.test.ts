import { EventCode } from "@ballast/core/events";
import { BallastError } from "@ballast/core/errors";
import { createObservedKernel, type KernelInput, type PageActivity } from "@ballast/core/kernel";
import { processId, virtualPage as virtualPageId, vmId } from "@ballast/core/ids";
import { readParameters } from "@ballast/core/policy";
import type { Scenario } from "@ballast/core/scenario";
import { caseCount } from "@ballast/core/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventAt } from "../../event-store/index.ts";
import { loadBundledPolicies } from "../../installed-policies/index.ts";
import type { Run } from "../run.ts";
import { interactiveScenario, thrashingScenario } from "../scenarios.fixture.ts";
import { openTestBench, storeScenario, type TestBench, TEST_LIMITS } from "../test-bench.fixture.ts";
import { DEFAULT_SETTINGS } from "../worker/settings.ts";
import { ActivityRunner } from "./activity-runner.ts";
import { KeptSnapshots } from "./kept-snapshots.ts";

async function inputOf(scenario: Scenario): Promise<KernelInput> {
  const policy = (await loadBundledPolicies()).getPolicy(scenario.policy.name);
  return { scenario, policy, parameters: readParameters(policy.parameters, {}, "").values, traces: new Map() };
}

/** To be compared at once: entry by entry takes a hundred times as long. */
function textOf({ position, timeNs, spaces }: PageActivity): string {
  return `${position} ${timeNs} ${spaces.map(({ vm, name, lastAccessNs, isDirty }) => `${vm} ${name} ${lastAccessNs.join()} ${isDirty.join()}`).join()}`;
}

/** By a kernel in this thread, from the start of the run. */
async function expectedAt(scenario: Scenario, position: number): Promise<PageActivity> {
  const { kernel, observeAt, activityAtStart } = createObservedKernel(await inputOf(scenario));
  if (position < kernel.machine.position) return activityAtStart(position);
  const activity = observeAt(position);
  kernel.advance(position, Number.POSITIVE_INFINITY);
  return activity();
}

describe("the accessed and dirty pages of a run's moments", () => {
  let testBench: TestBench;
  const scenario = thrashingScenario(4_000);
  const { signal } = new AbortController();
  let run: Run;

  beforeAll(async () => {
    testBench = await openTestBench(["throwing"]);
    testBench.startExecutor();
    run = await testBench.ended(await testBench.runs.startRun({ scenario }));
  });
  afterAll(async () => await testBench.close());

  /** On a machine that is busy one asks again. */
  async function at(asked: Run, position: number): Promise<PageActivity> {
    for (;;) {
      try {
        return await testBench.runs.activityAt(asked.id, position, signal);
      } catch (error) {
        if (!(error instanceof BallastError) || error.code !== "TIMED_OUT") throw error;
      }
    }
  }

  test("are those of a kernel that is executed from the start, wherever one goes on and back to; oracle: such a kernel", async () => {
    const head = run.headPosition;
    const half = Math.floor(head / 2);
    expect(half).toBeGreaterThan(8_192);
    for (const position of [half, half + 1, half - 1, half + 5_000, 0, 1, 2, 700, head, half]) {
      expect(textOf(await at(run, position)) === textOf(await expectedAt(scenario, position)), `position ${position}`).toBe(true);
    }
  });

  test("are shared by those who ask at the same time; one who gives up ends the work that nobody else waits for", async () => {
    const [left, right] = await Promise.all([at(run, 900), at(run, 900)]);
    expect(left).toBe(right);
    const patient = new AbortController();
    const asked = testBench.runs.activityAt(run.id, run.headPosition - 5, patient.signal);
    patient.abort(new Error("gone"));
    await expect(asked).rejects.toThrow("gone");
    expect(textOf(await at(run, 901))).toBe(textOf(await expectedAt(scenario, 901)));
  });

  test("who waits longer than the patience is told how far it is, and finds it done later", async () => {
    const setup = {
      connectionString: testBench.connectionString,
      isolatedPolicies: [],
      policyLimits: TEST_LIMITS,
      settings: DEFAULT_SETTINGS,
    };
    const runner = new ActivityRunner(setup, 1);
    await expect(runner.activityAt(run.logId, 1_000, signal)).rejects.toMatchObject({
      code: "TIMED_OUT",
      message: expect.stringContaining("up to position 1000") as string,
    });
    let found: PageActivity | undefined;
    while (found === undefined) {
      found = await runner.activityAt(run.logId, 1_000, signal).catch((error: unknown) => {
        expect(error).toMatchObject({ code: "TIMED_OUT" });
        return undefined;
      });
    }
    expect(found.position).toBe(1_000);
    await runner.close();
  });

  test("of a run that still goes on reach its head, and commands are given again; oracle: the page that is stored to", async () => {
    const begun = await testBench.runs.startRun({ scenario: interactiveScenario() });
    await testBench.reached(begun.id, "waiting");
    const dirtyPages = async (asked: Run): Promise<number> => {
      const { spaces } = await at(asked, asked.headPosition);
      return spaces[1]!.isDirty.reduce((sum, dirty) => sum + dirty, 0);
    };
    expect(await dirtyPages(await testBench.runs.getRun(begun.id))).toBe(0);
    for (const [virtualPage, write, expected] of [
      [3, true, 1],
      [4, false, 1],
      [5, true, 2],
    ] as const) {
      const page = { vm: vmId(1), process: processId(1), virtualPage: virtualPageId(virtualPage) };
      await testBench.runs.sendCommand(begun.id, { kind: "touchPage", ...page, write });
      expect(await dirtyPages(await testBench.reached(begun.id, "waiting"))).toBe(expected);
    }
    await testBench.runs.stopRun(begun.id);
  });

  test("of a run that its policy has failed are there up to its last event", async () => {
    const failing = thrashingScenario(5_000, { policy: { name: "throwing", parameters: {} } });
    const failed = await testBench.ended(await testBench.runs.startRun({ scenario: failing }));
    expect(failed.status).toBe("failed");
    expect((await eventAt(testBench.pool, failed.logId, failed.headPosition)).types[0]).toBe(EventCode.RunFailed);
    expect(await at(failed, failed.headPosition)).toMatchObject({ position: failed.headPosition, timeNs: failed.headTimeNs });
  });

  test("of a run that is not reproduced, is damaged or was made by another version are refused, with the reason", async () => {
    const other = await testBench.ended(await testBench.runs.startRun({ scenario: thrashingScenario(1_000) }));
    const position = other.headPosition - 1;
    await at(other, position);
    await testBench.pool.query(
      `update commits set time_base = time_base + 1 where run_id = $1 and last_position =
         (select max(last_position) from commits where run_id = $1)`,
      [other.logId],
    );
    await expect(at(other, position)).rejects.toMatchObject({ code: "HISTORY_DAMAGED" });
    const differing = await testBench.ended(await testBench.runs.startRun({ scenario: thrashingScenario(1_000) }));
    await storeScenario(testBench.pool, differing.logId, (text) => text.replaceAll('"seed":', '"seed":1'));
    await expect(at(differing, 1_000)).rejects.toMatchObject({
      code: "RUN_DIVERGED",
      message: expect.stringContaining("up to position 1000") as string,
    });
  });
});

test("snapshots stay within their bytes and spread over the run, the first ones and the last included", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 60 }), (positions) => {
      const kept = new KeptSnapshots(10_000);
      for (const position of positions) kept.add({ position, observed: { kernel: {}, accesses: [] }, chain: new Uint8Array(900) });
      const distinct = new Set(positions);
      // Each takes 900 bytes and some words.
      expect(kept.positions.length).toBe(Math.min(distinct.size, 10));
      expect(kept.positions).toEqual(kept.positions.toSorted((left, right) => left - right));
      for (const asked of positions) {
        expect(kept.latestBefore(asked)?.position).toBe(kept.positions.findLast((position) => position < asked));
      }
    }),
    { numRuns: caseCount(50, 1_000) },
  );
  const kept = new KeptSnapshots(1_000);
  kept.add({ position: 1, observed: { kernel: {}, accesses: [] }, chain: new Uint8Array(900) });
  expect([kept.hasRoom, kept.positions]).toEqual([false, []]);
});
