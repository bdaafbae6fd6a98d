import { smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { VmMetrics } from "../../runs/index.ts";
import { openTestBench, type TestBench } from "../../runs/test-bench.fixture.ts";
import { type Experiment, runsOf, type Variant } from "../experiment.ts";
import type { StartExperiment } from "../service/experiment-service.ts";
import type { CapacityQuestion } from "./capacity.ts";
import { findCapacity } from "./find-capacity.ts";

const PAGES = 16;
const worker = smallVm("worker", PAGES, { kind: "cyclic", firstPage: 0, pages: PAGES, accesses: 200, writeRatio: 0.5 });
const scenario = smallScenario(smallHost(100), [worker, { ...worker, name: "clerk", shares: 1 }]);

const question = (changes: Partial<CapacityQuestion>): CapacityQuestion => ({
  scenario,
  policies: [{ policy: "no-reclaim" }],
  seeds: 2,
  vary: "vms",
  vm: "worker",
  maxSlowdown: 1.1,
  percentile: 95,
  ...changes,
});

/** Slowdowns of the VMs of a run, by its scenario, policy and place of the seed, instead of simulating it. */
type SlowdownsOf = (asked: StartExperiment, policy: string, seed: number) => readonly number[];

/** Infinity: the VM is killed. */
function vmOf(slowdown: number, index: number): VmMetrics {
  const killed = slowdown === Infinity;
  const known = { vm: index + 1, name: `vm-${index + 1}`, killed, shares: 1, simulatedNs: 1_000, accesses: 10 };
  return { ...known, workNs: killed ? null : 1_000 * slowdown } as VmMetrics;
}

function executeAs(slowdownsOf: SlowdownsOf, asked: StartExperiment[] = []) {
  return (input: StartExperiment): Promise<Experiment> => {
    asked.push(input);
    const seeds = Array.from({ length: input.seeds as number }, (_, seed) => seed + 1);
    const cells = (slowdowns: (seed: number) => readonly number[]) =>
      seeds.map((seed, place) => ({ seed, run: null, metrics: { vms: slowdowns(place).map(vmOf) }, relative: null }));
    const compared = input.variants.map(({ policy }) => ({
      label: policy,
      role: "compared",
      cells: cells((seed) => slowdownsOf(input, policy!, seed)),
    }));
    const vms = Array.from({ length: 1_100 }, () => 1);
    const reference = { label: "uncommitted", role: "uncommitted", cells: cells(() => vms) };
    const variants = [...compared, ...(input.uncommitted === true ? [reference] : [])] as unknown as readonly Variant[];
    return Promise.resolve({ id: `step ${asked.length}`, seeds, variants } as unknown as Experiment);
  };
}

const vmsOf = ({ scenario: { vms } }: StartExperiment): number => vms.length;

describe("the search for a capacity", () => {
  test("finds the most VMs for each policy, and the interval from the seeds; oracle: the slowdowns that it is given", async () => {
    // By seed 0.02, 0.03 and 0.04 for each VM beyond some, the excess e: the mean is 1 + 0.03 e.
    const slowdowns: SlowdownsOf = (input, policy, seed) => {
      const excess = Math.max(0, vmsOf(input) - (policy === "esx" ? 20 : 10));
      return [1 + excess * (0.02 + 0.01 * seed)];
    };
    const policies = [{ policy: "esx" }, { policy: "host-swap" }];
    const answer = await findCapacity(question({ policies, seeds: 3 }), executeAs(slowdowns));
    expect(answer).toMatchObject({ vary: "vms", vm: "worker", seeds: [1, 2, 3], resolution: 1 });
    // 1 + 0.03 x 3 keeps 1.1, 1 + 0.03 x 4 does not. The deviation is 0.01 e, and t of 3 seeds 4.303: the half-width of the interval is
    // 4.303 x 0.01 e / sqrt(3) = 0.0248 e. Its upper bound keeps the limit up to e = 1.8, its lower one up to 19.3. One VM is the clerk.
    expect(answer.policies).toMatchObject([
      { label: "esx", sure: 20 + 1 - 1, value: 20 + 3 - 1, possible: 20 + 19 - 1, isAtEnd: false, notes: [] },
      { label: "host-swap", sure: 10 + 1 - 1, value: 10 + 3 - 1, possible: 10 + 19 - 1, isAtEnd: false, notes: [] },
    ]);
  });

  test("lets policies share an experiment as long as they need the same step, and walks no step twice", async () => {
    const asked: StartExperiment[] = [];
    const slowdowns: SlowdownsOf = (input) => [vmsOf(input) > 40 ? 2 : 1];
    await findCapacity(question({ policies: [{ policy: "esx" }, { policy: "host-swap" }] }), executeAs(slowdowns, asked));
    expect(asked.every(({ variants, kind }) => variants.length === 2 && kind === "capacity")).toBe(true);
    expect(new Set(asked.map(vmsOf)).size).toBe(asked.length);
  });

  test("finds the least memory, with the runs without overcommitment of the first step alone", async () => {
    const asked: StartExperiment[] = [];
    const slowdowns: SlowdownsOf = ({ scenario: { host } }) => [host.framePages < 77 ? 1.5 : 1];
    const { policies } = await findCapacity(question({ vary: "frames", vm: undefined }), executeAs(slowdowns, asked));
    expect(policies[0]).toMatchObject({ value: 77, sure: 77, possible: 77, isAtEnd: false });
    expect(asked.map(({ uncommitted }) => uncommitted)).toEqual([true, ...asked.slice(1).map(() => false)]);
  });

  test("takes a killed VM for one that keeps no limit, unless the percentile leaves it out", async () => {
    const slowdowns: SlowdownsOf = (input) => Array.from({ length: 20 }, (_, vm) => (vm === 0 && vmsOf(input) > 8 ? Infinity : 1));
    const [all] = (await findCapacity(question({ percentile: 100 }), executeAs(slowdowns))).policies;
    expect([all?.value, all?.sure]).toEqual([7, 7]);
    expect(all?.points.find(({ value }) => value === 8)).toMatchObject({ mean: Infinity, keeps: false, vmsLost: 2 });
    // The 19th of 20 decides.
    const [most] = (await findCapacity(question({ percentile: 95 }), executeAs(slowdowns))).policies;
    expect(most).toMatchObject({ value: 1_024, isAtEnd: true });
  });

  test("says with the figures that a limit cannot be kept at all, and which points are not monotone", async () => {
    const [never] = (
      await findCapacity(
        question({}),
        executeAs(() => [1.25]),
      )
    ).policies;
    expect(never).toMatchObject({ value: null, sure: null, possible: null });
    expect(never?.notes).toEqual(['The limit 1.1 is not kept even with 1 VM "worker": the slowdown there is 1.250.']);
    const odd: SlowdownsOf = (input) => [vmsOf(input) === 3 ? 1.05 : vmsOf(input) > 12 ? 1.3 : 1];
    const [walked] = (await findCapacity(question({}), executeAs(odd))).policies;
    expect(walked?.value).toBe(11);
    expect(walked?.notes[0]).toBe('Not monotone: the slowdown is 1.050 with 2 VMs "worker" and 1.000 with 4 VMs "worker".');
  });

  test.each([
    [{ maxSlowdown: 0.9 }, "from 1, not 0.9"],
    [{ maxSlowdown: Number.NaN }, "from 1, not NaN"],
    [{ percentile: 0 }, "from 1 to 100, not 0"],
    [{ policies: [] }, "at least one policy"],
    [{ vm: "nobody" }, 'no VMs "nobody". There are: worker, clerk'],
    [{ vm: undefined }, "several kinds of VMs: say with --vm which to vary"],
  ])("refuses %j", async (changes, message) => {
    const asked = findCapacity(question(changes), () => Promise.reject(new Error("nothing is started")));
    await expect(asked).rejects.toMatchObject({ code: "INPUT_INVALID", message: expect.stringContaining(message) as string });
  });
});

describe("with the simulation", () => {
  let testBench: TestBench;
  beforeAll(async () => {
    testBench = await openTestBench();
    testBench.startExecutor();
  });
  afterAll(async () => await testBench.close());

  async function execute(input: StartExperiment): Promise<Experiment> {
    const begun = await testBench.experiments.startExperiment(input);
    for (const run of runsOf(begun)) await testBench.ended(run);
    return await testBench.experiments.getExperiment(begun.id);
  }

  const only = smallScenario(smallHost(50), [worker]);

  test("VMs that touch all of their memory fit as often as it does into the host's, if nothing is reclaimed; oracle: a division", async () => {
    const vms = await findCapacity(question({ scenario: only, vm: undefined, seeds: 1, maxSlowdown: 1 }), execute);
    // 3 x 16 of 50 frames; a fourth VM would be killed.
    expect(vms.policies[0]).toMatchObject({ value: 3, sure: 3, possible: 3, notes: [] });
  });

  test("no seeds are refused by the experiment", async () => {
    await expect(findCapacity(question({ scenario: only, vm: undefined, seeds: 0 }), execute)).rejects.toMatchObject({
      code: "INPUT_INVALID",
    });
  });
});
