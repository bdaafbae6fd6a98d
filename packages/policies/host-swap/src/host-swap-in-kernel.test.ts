import { readParameters } from "@ballast/core/policy";
import { createKernel, historyOf, kernelInput, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

type Vm = ReturnType<typeof smallVm>;

/** Pages swapped in, on a host of a number of frames without a reserve. */
function swapIns(order: string, framePages: number, vms: readonly Vm[], seed = 1, given: Readonly<Record<string, number>> = {}): number {
  const scenario = smallScenario(smallHost(framePages), vms, { seed });
  const { values } = readParameters(policy.parameters, { order, reserveFraction: 0, ...given }, "");
  const history = historyOf(createKernel({ ...kernelInput(scenario, policy), parameters: values }));
  return history.filter((line) => line.startsWith("PageSwappedIn")).length;
}

describe("in the kernel a cyclic scan of 100 pages by a VM that gets 80 frames", () => {
  const accesses = 5000;
  const scan = smallVm("scan", 100, { kind: "cyclic", firstPage: 0, pages: 100, accesses, writeRatio: 1 });

  test.each(["fifo", "clock", "lru"])("misses always with %s (oracle: the law of cyclic scans)", (order) => {
    expect(swapIns(order, 80, [scan])).toBe(accesses - 100);
  });

  test("misses with random victims as often as m in 1 - m = exp(-m W / R) says", () => {
    // Oracle: the law's fixed point for W / R = 1.25, found by iteration; within three standard errors over twelve seeds.
    let law = 0.5;
    for (let step = 0; step < 200; step++) law = (law + 1 - Math.exp(-1.25 * law)) / 2;
    const ratios = Array.from({ length: 12 }, (_, seed) => swapIns("random", 80, [scan], seed) / (accesses - 100));
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / (ratios.length - 1);
    expect(Math.abs(mean - law)).toBeLessThan(3 * Math.sqrt(variance / ratios.length));
  });
});

describe("in the kernel a VM at work beside one that has stopped", () => {
  const idle = smallVm("idle", 100, { kind: "sequential", firstPage: 0, pages: 100, writeRatio: 1 });
  const busy = smallVm("busy", 100, { kind: "uniform", firstPage: 0, pages: 100, accesses: 20_000, writeRatio: 1 });

  test("gets the other's memory by age, and loses its own again and again at random", () => {
    const byAge = swapIns("age", 150, [idle, busy], 1, { periodMs: 0.1 });
    const atRandom = swapIns("random", 150, [idle, busy]);
    expect(byAge).toBeLessThan(0.2 * atRandom);
  });
});
