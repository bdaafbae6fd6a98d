import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createKernel, ENTRY_BYTES, type KernelInput } from "@ballast/core/kernel";
import { type Policy, readParameters } from "@ballast/core/policy";
import { parseScenario, type Scenario } from "@ballast/core/scenario";
import { beforeAll, describe, expect, test } from "vitest";
import { loadBundledPolicies } from "../../installed-policies/index.ts";
import { checkMemory } from "./refuse-large.ts";

const PAGES = 2 ** 16;
const FRAME_PAGES = PAGES + 4096;

let policies: readonly Policy[];
beforeAll(async () => {
  policies = (await loadBundledPolicies()).listPolicies();
});

function inputOf(scenario: Scenario, policy: Policy): KernelInput {
  const { values: parameters } = readParameters(policy.parameters, {}, "");
  return { scenario, policy, parameters, traces: new Map() };
}

function scenarioOf(host: object, configuredPages: number): Scenario {
  const processes = [{ virtualPages: configuredPages, workload: { kind: "uniform", pages: 1000, accesses: 5_000 } }];
  return parseScenario({ name: "large", host: { ageScan: { periodNs: "1 s" }, ...host }, vms: [{ configuredPages, processes }] });
}

describe("the memory that a kernel takes", () => {
  const collect = collectorOf();

  /** The oracle is the memory of typed arrays that the process has more with the kernel than without it. */
  test("is not above the estimate under any policy, and at least half of it", () => {
    const { frame, realPage, virtualPage, swapSlot } = ENTRY_BYTES;
    const entries = [frame, realPage, virtualPage, swapSlot];
    const estimated = entries.reduce((sum, { kernel }) => sum + kernel * PAGES, 0);
    for (const policy of policies) {
      const part = takenBytes(policy) / estimated;
      expect(part, policy.name).toBeLessThan(1.02);
      expect(part, policy.name).toBeGreaterThan(0.5);
    }
  });

  /** The oracle is what the system says that the process has resident: with lists that are filled when they are made it is over a third more. */
  test.runIf(process.platform === "linux")("is taken from the system only where something happens", () => {
    const pages = 2 ** 23;
    const { frame, realPage, virtualPage } = ENTRY_BYTES;
    const scenario = scenarioOf({ framePages: pages + 4096 }, pages);
    collect();
    const before = process.memoryUsage.rss();
    const kernel = createKernel(
      inputOf(
        scenario,
        policies.find(({ name }) => name === "no-reclaim")!,
      ),
    );
    kernel.advance(1000, 10_000);
    const taken = process.memoryUsage.rss() - before;
    expect(kernel.machine.vms).toHaveLength(1);
    expect(taken).toBeLessThan(1.25 * pages * (frame.made + realPage.made + virtualPage.made));
  });

  function takenBytes(policy: Policy): number {
    const before = arrayBytes();
    const kernel = createKernel(inputOf(scenarioOf({ framePages: FRAME_PAGES, swapPages: PAGES }, PAGES), policy));
    for (let batch = 0; batch < 10 && kernel.status === "running"; batch++) {
      kernel.advance(1000, 10_000);
      kernel.takeBatch();
    }
    const taken = arrayBytes() - before;
    expect(kernel.machine.frames.count).toBe(FRAME_PAGES);
    return taken;
  }

  /** The memory of collected arrays is given back by another thread, which the next collection waits for. */
  function arrayBytes(): number {
    collect();
    collect();
    return process.memoryUsage().arrayBuffers;
  }
});

describe("a run that would need more memory than is allowed", () => {
  const policy = (): Policy => policies.find(({ name }) => name === "esx")!;

  // By hand: 5 bytes of each frame in two kernels, 60 more of those that 681,574 pages of a balloon and 17,896 others may use.
  test("is refused with both amounts and what takes the most", () => {
    const scenario = scenarioOf({ framePages: 2 ** 28 }, 2 ** 20);
    expect(() => checkMemory(inputOf(scenario, policy()), 0, 2 ** 30)).toThrow(
      /^A run of the scenario "large" would take up to 2\.85 GiB of memory \(2\.54 GiB for 699470 used of 268435456 frames, 153 MiB for 699470 used of 1048576 real pages, .* allows 1\.00 GiB\. /,
    );
  });

  test("is accepted at exactly the amount that it needs, the traces that it replays counted", () => {
    const input = inputOf(scenarioOf({ framePages: 5000 }, 4096), policy());
    const bytes = checkMemory(input, 1_000_000, Number.POSITIVE_INFINITY);
    expect(checkMemory(input, 0, bytes)).toBe(bytes - 1_000_000);
    expect(checkMemory(input, 1_000_000, bytes)).toBe(bytes);
    expect(() => checkMemory(input, 1_000_000, bytes - 1)).toThrow(/MEMORY|memory/u);
  });
});

function collectorOf(): () => void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  return () => {
    for (let round = 0; round < 2; round++) collect();
  };
}
