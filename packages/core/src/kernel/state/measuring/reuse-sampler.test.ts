import { describe, expect, test } from "vitest";
import { EventCode, TrapCause } from "../../../events/index.ts";
import { Counter } from "../../../memory/index.ts";
import type { MissRatioCurve, Observation, Policy } from "../../../policy/index.ts";
import { exactMissRatioCurve } from "../../../reuse/index.ts";
import { plainDevice, type Scenario, type VmSpec } from "../../../scenario/index.ts";
import { caseCount } from "../../../testing/case-count.ts";
import { kernelInput } from "../../../testing/run-to-end.ts";
import { policyOf, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { createKernel } from "../../engine/create-kernel.ts";
import type { Kernel } from "../../engine/kernel-contract.ts";

const PAGES = 200;
const LAST_NS = 50_000_000;

function scenarioOf(rate: number, changes: Partial<VmSpec> & { virtualPages?: number } = {}, seed = 1): Scenario {
  const pages = changes.virtualPages ?? PAGES;
  const workload = { kind: "zipf", firstPage: 0, pages, accesses: 20_000, exponent: 0.8, writeRatio: 0.3 } as const;
  const device = plainDevice(1000, 100);
  const host = smallHost(2 * PAGES, { reuseSampling: { rate, maxPages: null, steps: 40 }, swapDevice: device });
  const vm = smallVm("guest", PAGES, workload, { balloon: null, disk: device, replacement: "fifo", ...changes });
  return smallScenario(host, [vm], { seed, durationNs: 2 * LAST_NS });
}

type Outcome = { readonly kernel: Kernel; readonly seen: MissRatioCurve | undefined; readonly realPages: number[] };

/** The last curve that a policy saw, and the real page of every access; the policy takes `stolen` pages every 50 us. */
function run(scenario: Scenario, stolen: number): Outcome {
  let seen: MissRatioCurve | undefined;
  const realPages: number[] = [];
  const policy: Policy = policyOf(
    ({ vms, timeNs }: Observation) => {
      seen = vms[0].missRatioCurve;
      const [{ vm }] = vms;
      return timeNs > LAST_NS ? [] : [{ kind: "StealPages", vm, take: { count: stolen, order: "random" }, reason: "test" }];
    },
    { requires: ["missRatioCurve", "steal"], periodNs: () => 50_000 },
  );
  const kernel: Kernel = createKernel({
    ...kernelInput(scenario, policy),
    onAccesses: (vm, process, pages, from, count) => {
      const { pageTable } = kernel.machine.vm(vm).process(process);
      for (let at = from; at < from + count; at++) realPages.push(pageTable[pages[at]]);
    },
  });
  kernel.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  return { kernel, seen, realPages };
}

// Oracle: the exact curve of the real pages that an observer of every access saw. All pages are sampled, so that nothing
// is estimated: each access must count once, whether it finds its page, faults in the guest, on the host or in both.
describe("the curve of all real pages is that of every access", () => {
  test.each<[string, Parameters<typeof scenarioOf>[1], number]>([
    ["with all pages resident", {}, 0],
    ["while the hypervisor steals", {}, 2],
    ["while the guest pages", { virtualPages: 2 * PAGES }, 0],
    ["under exact LRU in the guest", { virtualPages: 2 * PAGES, replacement: "lru" }, 0],
  ])("%s", (_, changes, stolen) => {
    for (const mmu of ["nested", "shadow"] as const) {
      const { kernel, seen, realPages } = run({ ...scenarioOf(1, changes), mmu }, stolen);
      expect(realPages.length).toBe(20_000);
      expect(seen).toEqual(exactMissRatioCurve(realPages, 5, 40));
      const { counters } = kernel.machine.vm(1);
      if (stolen > 0) expect(counters[Counter.swapIns]).toBeGreaterThan(100);
    }
  });
});

test("of a part of the pages, only accesses to these trap, each of them, and the curve stands for about all accesses", () => {
  const seeds = Array.from({ length: caseCount(5, 10) }, (_, index) => index + 1);
  const found = seeds.map((seed) => {
    const { kernel, seen, realPages } = run(scenarioOf(0.3, {}, seed), 0);
    const { types, a, c, length } = kernel.takeBatch();
    const traps = new Map<number, number>();
    for (let i = 0; i < length; i++) {
      if (types[i] === EventCode.Trapped && a[i] === TrapCause.SampledPage) traps.set(c[i], (traps.get(c[i]) ?? 0) + 1);
    }
    // The first touch of a page finds no frame, and needs no further trap.
    for (const [page, count] of traps) expect(count).toBe(realPages.filter((touched) => touched === page).length - 1);
    expect(traps.size).toBeGreaterThan(20);
    expect(traps.size).toBeLessThan(100);
    return seen?.accesses ?? 0;
  });
  const mean = found.reduce((sum, count) => sum + count, 0) / found.length;
  const variance = found.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (found.length - 1);
  expect(Math.abs(mean - 20_000)).toBeLessThan(3 * Math.sqrt(variance / found.length));
});

test("a page that leaves a sample of bounded size traps once more, and then no longer", () => {
  const scenario = scenarioOf(1);
  const reuseSampling = { rate: 1, maxPages: 10, steps: 40 };
  const { kernel, seen } = run({ ...scenario, host: { ...scenario.host, reuseSampling } }, 0);
  const { types, a, c, length } = kernel.takeBatch();
  const trapped: number[] = [];
  for (let i = 0; i < length; i++) {
    if (types[i] === EventCode.Trapped && a[i] === TrapCause.SampledPage) trapped.push(c[i]);
  }
  expect(trapped.length).toBeGreaterThan(200);
  const late = new Set(trapped.slice(-100));
  expect(late.size).toBeLessThanOrEqual(10);
  expect(late.size).toBeGreaterThan(3);
  expect(seen?.missRatios.length).toBe(40);
});
