import { readParameters } from "@ballast/core/policy";
import { createKernel, drain, historyOf, kernelInput, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

const SCAN_MS = 20;

/**
 * A VM of 400 pages that stores to all of them once, and then works on the first 100 all the time, and on the next 20 every
 * ten scans: an access takes 2 us, so that 10,000 make a scan's time. Every page compresses to 37.5 % at most.
 */
function worker(): ReturnType<typeof smallVm> {
  const all = { kind: "sequential", firstPage: 0, pages: 400, writeRatio: 1 } as const;
  const hot = { kind: "uniform", firstPage: 0, pages: 100, accesses: 100_000, writeRatio: 1 } as const;
  const cool = { kind: "sequential", firstPage: 100, pages: 20, writeRatio: 1 } as const;
  const phases = [all, ...Array.from({ length: 12 }, () => [hot, cool]).flat()];
  const vm = smallVm("worker", 400, { kind: "phases", phases, times: 1 }, { balloon: null });
  return { ...vm, processes: vm.processes.map((process) => Object.assign(process, { accessNs: 2000, compressedFraction: 0.25 })) };
}

function input(promotionRate: number): ReturnType<typeof kernelInput> {
  const compression = { cacheFraction: 1, maxBytes: 2990, otherFraction: 0.25 };
  const scenario = smallScenario(smallHost(1000, { compression }), [worker()]);
  const given = { scanMs: SCAN_MS, startMs: 15 * SCAN_MS, promotionRate };
  return { ...kernelInput(scenario, policy), parameters: readParameters(policy.parameters, given, "").values };
}

/** A rate that allows this many promotions between two scans to a VM that works on 100 pages. */
const rateFor = (promotions: number): number => promotions / 100 / (SCAN_MS / 60_000);

describe("in the kernel, on a host with memory to spare,", () => {
  test("a VM keeps the pages that it would ask back too often, and gives those that it never uses", () => {
    const kernel = createKernel(input(rateFor(10)));
    drain(kernel, 10_000, () => {});
    const [vm] = kernel.machine.vms;
    // Oracle: 20 pages come back between two scans, of 10 that may. So 100 hot and 20 cool pages stay, and 280 go.
    expect([vm?.residentPages, vm?.compressedPages, vm?.swappedPages]).toEqual([120, 280, 0]);
    // Oracle: a quarter of 280 pages in the mean, so 70 frames, within the spread of half to one and a half of that.
    expect(vm?.cacheFramePages).toBeGreaterThan(60);
    expect(vm?.cacheFramePages).toBeLessThan(80);
  });

  test("a VM gives these too if it may ask for as many, and asks for them again and again", () => {
    const askedBack = (promotions: number): number =>
      historyOf(createKernel(input(rateFor(promotions)))).filter((line) => line.startsWith("PageDecompressed ")).length;
    // Oracle: all has been seen once before anything is taken, so nothing that is taken too early comes back.
    expect(askedBack(10)).toBe(0);
    expect(askedBack(25)).toBeGreaterThanOrEqual(5 * 20);
  });
});
