import { type Policy, readParameters } from "@ballast/core/policy";
import { createKernel, historyOf, kernelInput, runChecked, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

/** The same decisions by a hypervisor that does not know the guest's disk. */
const withoutMapper: Policy = { ...policy, requires: ["steal"] };

/** A guest of 512 pages that reads a file of 1,024 pages three times, on a host of 128 frames. */
function input(chosen: Policy): ReturnType<typeof kernelInput> {
  const workload = { kind: "cyclic", firstPage: 0, pages: 1024, accesses: 3 * 1024, writeRatio: 0 } as const;
  const { processes, ...vm } = smallVm("reader", 512, workload, { virtualPages: 1024, balloon: null });
  const reader = { ...vm, processes: processes.map((process) => Object.assign(process, { backing: "file" as const })) };
  const scenario = smallScenario(smallHost(128, { swapPages: 512 }), [reader]);
  return { ...kernelInput(scenario, chosen), parameters: readParameters(policy.parameters, {}, "").values };
}

function count(chosen: Policy, event: string): number {
  return historyOf(createKernel(input(chosen))).filter((line) => line.startsWith(`${event} `)).length;
}

describe("in the kernel a guest that reads a file larger than the host", () => {
  test("has nothing swapped out, for the file is on its disk (oracle: no page is ever written to)", () => {
    expect(count(policy, "PageSwappedOut")).toBe(0);
    expect(count(policy, "PageUnmappedByMapper")).toBeGreaterThan(1000);
  });

  test("has each stolen page written in vain without the mapper, and most read in vain", () => {
    const swappedOut = count(withoutMapper, "PageSwappedOut");
    expect(swappedOut).toBeGreaterThan(1000);
    expect(count(withoutMapper, "SilentSwapWrite")).toBe(swappedOut);
    expect(count(withoutMapper, "StaleSwapRead")).toBeGreaterThan(0);
    expect(count(policy, "StaleSwapRead")).toBe(0);
  });

  test("is faster with the mapper (oracle: the ordering of VSwapper, ASPLOS 2014; not its factor)", () => {
    const ns = (chosen: Policy): number => runChecked(input(chosen), 4096).kernel.timeNs;
    expect(ns(withoutMapper) / ns(policy)).toBeGreaterThan(1.5);
  });
});
