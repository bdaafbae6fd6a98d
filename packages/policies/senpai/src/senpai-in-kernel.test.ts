import { NS_PER_MS, NS_PER_S, readParameters } from "@ballast/core/policy";
import { kernelInput, runChecked, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

/** A VM of 400 pages that writes to them all once, and then works on the first 100 of them. */
function worker(accesses: number): ReturnType<typeof smallVm> {
  const all = { kind: "sequential", firstPage: 0, pages: 400, writeRatio: 1 } as const;
  const some = { kind: "uniform", firstPage: 0, pages: 100, accesses, writeRatio: 1 } as const;
  const vm = smallVm("worker", 400, { kind: "phases", phases: [all, some], times: 1 }, { balloon: null });
  return { ...vm, processes: vm.processes.map((process) => Object.assign(process, { accessNs: 2000 })) };
}

/** Senpai a thousand times as fast, so that the VM may stand still for the same part of its time. */
const fast = { tickMs: 1, pressureUs: 10, minimumPages: 1 };

type Vm = ReturnType<typeof runChecked>["kernel"]["machine"]["vms"][number];

function runFor(ms: number, given: Readonly<Record<string, number | string>>): Vm | undefined {
  const scenario = smallScenario(smallHost(1000), [worker(1_000_000)], { durationNs: ms * NS_PER_MS });
  const { values } = readParameters(policy.parameters, { ...fast, ...given }, "");
  const { kernel } = runChecked({ ...kernelInput(scenario, policy), parameters: values }, 10_000);
  return kernel.machine.vms[0];
}

function holds(given: Readonly<Record<string, number | string>>, ms: number): number {
  return runFor(ms, given)?.residentPages ?? 0;
}

describe("in the kernel, on a host with memory to spare,", () => {
  test("a VM is left with little more than what it works on, by limits", () => {
    const pages = holds({ form: "2019" }, 800);
    expect(pages).toBeGreaterThanOrEqual(95);
    expect(pages).toBeLessThan(150);
  });

  test("so it is by reclaiming without a limit, if that is done for long enough", () => {
    const pages = holds({ form: "tmo", reclaimRatio: 0.01 }, 800);
    expect(pages).toBeGreaterThanOrEqual(90);
    expect(pages).toBeLessThan(150);
  });

  test("a VM that stalls on memory gets a higher limit immediately", () => {
    const tight = holds({ form: "2019", pressureUs: 1 }, 800);
    expect(tight).toBeGreaterThan(holds({ form: "2019", pressureUs: 1000 }, 800));
  });
});

test.each(["2019", "tmo"])("in the kernel form %s sends pages into compressed memory if it is told to", (form) => {
  const vm = runFor(800, { form, reclaimRatio: 0.01, into: "compression" });
  expect(vm?.compressedPages).toBeGreaterThan(30);
  expect(runFor(800, { form, reclaimRatio: 0.01 })?.compressedPages).toBe(0);
});

test("the two forms are those of seconds, not of steps: nothing is taken in the first six", () => {
  const scenario = smallScenario(smallHost(1000), [worker(1_000_000)], { durationNs: NS_PER_S });
  const { values } = readParameters(policy.parameters, { form: "tmo" }, "");
  const { kernel } = runChecked({ ...kernelInput(scenario, policy), parameters: values }, 10_000);
  expect(kernel.machine.vms[0]?.residentPages).toBe(400);
});
