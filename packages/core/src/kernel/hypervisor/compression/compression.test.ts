import { describe, expect, test } from "vitest";
import { Counter, type MachineTables } from "../../../memory/index.ts";
import type { Decision, Policy } from "../../../policy/index.ts";
import { COMPRESSION_DEFAULTS, type HostSpec } from "../../../scenario/index.ts";
import { kernelInput, runChecked } from "../../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import type { Workload } from "../../../workload/index.ts";
import { compressedBytes } from "./compressed-size.ts";

/** At the first period, steals `count` pages of VM 1 into the compression cache. */
function stealOnce(count: number): Policy {
  let isDone = false;
  return policyOf(
    ({ vms, cause }): Decision[] => {
      if (isDone || cause !== "period" || vms[0] === undefined) return [];
      isDone = true;
      const take = { count, order: "fifo" } as const;
      return [{ kind: "StealPages", vm: vms[0].vm, take, into: "compression", reason: "to see it" }];
    },
    { requires: ["steal", "compression"], orders: () => ["fifo"] },
  );
}

const idle = { kind: "idle" as const, ns: 5_000_000 };

function written(pages: number): Workload {
  return references(Array.from({ length: pages }, (_, page) => `w${page}`).join(" "));
}

function run(workload: Workload, count: number, changes: Partial<HostSpec> = {}, compressedFraction = 0.4): MachineTables {
  const vm = smallVm("vm", 100, workload);
  const processes = vm.processes.map((process) => ({ ...process, compressedFraction }));
  const scenario = smallScenario(smallHost(200, changes), [{ ...vm, processes }], { durationNs: 20_000_000 });
  return runChecked(kernelInput(scenario, stealOnce(count))).kernel.machine;
}

const phases = (...parts: readonly Workload[]): Workload => ({ kind: "phases", phases: parts, times: 1 });

function countersOf({ vms }: MachineTables): Record<string, number> {
  const { counters } = vms[0];
  const of = (name: keyof typeof Counter): number => counters[Counter[name]];
  return {
    compressed: of("pagesCompressed"),
    decompressed: of("pagesDecompressed"),
    evicted: of("compressedPagesEvicted"),
    swappedOut: of("swapOuts"),
    swappedIn: of("swapIns"),
    stallNs: of("hostWaitNs"),
  };
}

describe("the size that a page compresses to", () => {
  // Oracle: sizes are spread evenly from half to one and a half of the mean, so that (2048/4096 - 0.2) / 0.4 = 3/4 of the
  // pages of mean 0.4 fit into 2,048 bytes. Standard error of a fraction of 20,000 pages: 0.003.
  test("is at most 2 KB for three pages of four at a mean of 0.4, and on average the mean", () => {
    const sizes = Array.from({ length: 20_000 }, (_, content) => compressedBytes(content + 1, 0.4));
    const fitting = sizes.filter((bytes) => bytes <= 2048).length / sizes.length;
    expect(Math.abs(fitting - 0.75)).toBeLessThan(3 * Math.sqrt((0.75 * 0.25) / sizes.length) + 64 / 4096 / 0.4);
    const mean = sizes.reduce((sum, bytes) => sum + bytes, 0) / sizes.length;
    expect(mean / 4096).toBeCloseTo(0.4 + 32 / 4096, 2);
  });

  test("is a whole number of blocks, never more than a page, and the same for the same content", () => {
    for (let content = 1; content < 500; content++) {
      const bytes = compressedBytes(content, 1);
      expect(bytes % 64).toBe(0);
      expect(bytes).toBeLessThanOrEqual(4096);
      expect(compressedBytes(content, 1)).toBe(bytes);
    }
  });
});

describe("stealing into the compression cache", () => {
  test("keeps what compresses well and swaps out the rest; frames of the cache are those that its pages fill", () => {
    const machine = run(phases(written(40), idle), 4, {}, 0.4);
    const [vm] = machine.vms;
    const { compressed, swappedOut } = countersOf(machine);
    expect(compressed).toBeGreaterThan(0);
    // Four frames more are free: those of the pages that left, less those of the cache.
    expect(compressed + swappedOut - vm.cacheFramePages).toBe(4);
    expect(vm.compressedPages).toBe(compressed);
    expect(machine.frames.freePages).toBe(200 - 40 + 4);
  });

  test("a touch brings a page back without the swap device, for the price of decompression", () => {
    const machine = run(phases(written(40), idle, references(Array.from({ length: 40 }, (_, at) => at).join(" "))), 4, {}, 0.1);
    const counters = countersOf(machine);
    expect(counters.decompressed).toBe(counters.compressed);
    expect(counters.swappedIn).toBe(0);
    // Oracle: 6.4 us a page (facts of the field, costs.ts).
    expect(counters.stallNs).toBe(counters.decompressed * 6400);
    expect(machine.vms[0].cacheFramePages).toBe(0);
  });

  test("pages of zeros need neither cache nor swap", () => {
    const reads = references(Array.from({ length: 40 }, (_, at) => at).join(" "));
    const counters = countersOf(run(phases(reads, idle), 4));
    expect(counters).toMatchObject({ compressed: 0, swappedOut: 0 });
  });

  test("a full cache sends the page compressed longest ago to the swap", () => {
    // A cache of 2 frames holds at most 16 pages of mean 0.1 at 512 bytes: 8,192 bytes.
    const compression = { ...COMPRESSION_DEFAULTS, cacheFraction: 0.02 };
    const machine = run(phases(written(60), idle), 40, { compression }, 0.1);
    const counters = countersOf(machine);
    expect(counters.evicted).toBeGreaterThan(0);
    expect(counters.evicted).toBe(counters.swappedOut);
    expect(machine.vms[0].cacheFramePages).toBeLessThanOrEqual(2);
    // Pages were stolen in the order in which they got their frames; the first compressed ones are the first to go.
    const [vm] = machine.vms;
    const compressed = [...vm.compressedBlocks.keys()].filter((page) => vm.compressedBlocks[page] > 0);
    const swapped = [...vm.swapSlot.keys()].filter((page) => vm.swapSlot[page] >= 0);
    expect(Math.max(...swapped)).toBeLessThan(Math.min(...compressed));
  });

  test("without room in the cache every page is swapped out", () => {
    const compression = { ...COMPRESSION_DEFAULTS, cacheFraction: 0 };
    const counters = countersOf(run(phases(written(40), idle), 4, { compression }));
    expect(counters).toMatchObject({ compressed: 0, swappedOut: 4 });
  });

  test("a policy that does not declare compression may not ask for it", () => {
    const vm = smallVm("vm", 100, phases(written(40), idle));
    const undeclared: Policy = { ...stealOnce(4), requires: ["steal"] };
    const scenario = smallScenario(smallHost(200), [vm], { durationNs: 20_000_000 });
    expect(() => runChecked(kernelInput(scenario, undeclared))).toThrow(/does not declare `compression`/);
  });
});
