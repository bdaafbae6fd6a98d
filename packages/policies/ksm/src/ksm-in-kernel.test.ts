import { NS_PER_S, readParameters } from "@ballast/core/policy";
import { createKernel, historyOf, kernelInput, runChecked, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

/** A VM that reads all 40 pages of a file that is half the same in every VM. */
function imageVm(name: string): ReturnType<typeof smallVm> {
  const { processes, ...vm } = smallVm(name, 40, { kind: "sequential", firstPage: 0, pages: 40, writeRatio: 0 });
  const image = { name: "linux", commonFraction: 0.5 };
  return { ...vm, processes: processes.map((process) => Object.assign(process, { backing: "file", image })) };
}

function input(framePages: number, given: Readonly<Record<string, number | string>>): ReturnType<typeof kernelInput> {
  const vms = ["one", "two", "three"].map(imageVm);
  const scenario = smallScenario(smallHost(framePages), vms, { durationNs: NS_PER_S });
  return { ...kernelInput(scenario, policy), parameters: readParameters(policy.parameters, given, "").values };
}

test("in the kernel N VMs that have the fraction c in common give c (N - 1) / N of their pages", () => {
  const { kernel } = runChecked(input(130, { tuning: "none" }));
  expect(kernel.machine.savedPages).toBe(0.5 * 40 * (3 - 1));
  expect(kernel.machine.frames.freePages).toBe(10 + 40);
});

test("in the kernel merging makes room for a VM that would find no frame, if it is done in time", () => {
  const killed = (given: Readonly<Record<string, number | string>>): number =>
    historyOf(createKernel(input(110, { shortageFallback: "end", ...given }))).filter((line) => line.startsWith("VmTerminated")).length;
  // Oracle: 120 pages do not fit into 110 frames, but 120 less 20 of the first two VMs do.
  expect(killed({ tuning: "none", pagesToScan: 0 })).toBe(1);
  expect(killed({ tuning: "none", sleepMs: 0.1 })).toBe(0);
});

test("in the kernel ksmtuned switches merging off when memory is ample, and leaves it on when it is not", () => {
  const scans = (framePages: number): number =>
    historyOf(createKernel(input(framePages, { monitorMs: 500, thresholdPages: 0, tunedSleepMs: 0.1 }))).filter((line) =>
      line.startsWith("PolicyDecided"),
    ).length;
  // Oracle: 25 scans in half a second; after it one more at least, if less than a fifth of memory is free with three VMs.
  expect(scans(400)).toBe(25);
  expect(scans(90)).toBeGreaterThan(25);
});
