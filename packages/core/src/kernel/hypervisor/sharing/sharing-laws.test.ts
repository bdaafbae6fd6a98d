import fc from "fast-check";
import { expect, test } from "vitest";
import { type EventBatch, EventCode } from "../../../events/index.ts";
import type { MachineTables } from "../../../memory/index.ts";
import { type Decision, type Policy, SHARING_STYLES, type SharingStyle } from "../../../policy/index.ts";
import { plainDevice, type ProcessSpec, type VmSpec } from "../../../scenario/index.ts";
import type { Workload } from "../../../workload/index.ts";
import { drain, kernelInput, runChecked } from "../../../testing/run-to-end.ts";
import { policyOf, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { createKernel } from "../../engine/create-kernel.ts";
import { caseCount } from "../../../testing/case-count.ts";

const PERIOD_NS = 20_000_000;

/** Has `pages` pages scanned every 20 ms. */
function sharingPolicy(pages: number, style: SharingStyle): Policy {
  const decide = (): Decision[] => [{ kind: "SharePages", pages, style, reason: "it is time" }];
  return policyOf(decide, { requires: ["pageSharing"], periodNs: () => PERIOD_NS });
}

const sequential = (pages: number, writeRatio: number): Workload => ({ kind: "sequential", firstPage: 0, pages, writeRatio });

/** Reads every page of its image once, unless it does something else. */
function imageVm(name: string, pages: number, commonFraction: number, workload = sequential(pages, 0)): VmSpec {
  const vm = smallVm(name, pages, workload, { balloon: null, disk: plainDevice(0, 0) });
  const image = { name: "linux", commonFraction };
  const processes: ProcessSpec[] = vm.processes.map((process) => ({ ...process, backing: "file", image }));
  return { ...vm, processes };
}

/** The tables after five periods. */
function machineAfter(vms: readonly VmSpec[], policy: Policy): MachineTables {
  const frames = vms.reduce((sum, vm) => sum + vm.configuredPages, 8);
  const scenario = smallScenario(smallHost(frames), vms, { durationNs: 5 * PERIOD_NS + 1 });
  return runChecked(kernelInput(scenario, policy), 1000).kernel.machine;
}

test.each(SHARING_STYLES)("N VMs with a common fraction c reclaim c (N - 1) / N of their pages, to the page (%s)", (style) => {
  // Oracle: the law itself: the common pages are kept once instead of N times.
  const pages = 40;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.constantFrom(0, 0.25, 0.5, 0.75, 1), (vms, common) => {
      const specs = Array.from({ length: vms }, (_, index) => imageVm(`vm-${index}`, pages, common));
      const machine = machineAfter(specs, sharingPolicy(pages * vms, style));
      const reclaimed = common * pages * (vms - 1);
      expect(machine.savedPages).toBe(reclaimed);
      expect(machine.savedPages / (vms * pages)).toBeCloseTo((common * (vms - 1)) / vms, 12);
      expect(machine.frames.freePages).toBe(8 + reclaimed);
      expect(machine.frames.sharedFramePages).toBe(vms === 1 ? 0 : common * pages);
    }),
    { numRuns: caseCount(10, 125) },
  );
});

test.each(SHARING_STYLES)("all pages of zeros of all VMs share one frame (%s)", (style) => {
  // Oracle: loads of anonymous pages write nothing, so that all are zeros: 3 x 16 pages on one frame.
  const vms = ["one", "two", "three"].map((name) => smallVm(name, 16, sequential(16, 0), { balloon: null }));
  const machine = machineAfter(vms, sharingPolicy(48, style));
  expect([machine.frames.sharedFramePages, machine.savedPages, machine.frames.freePages]).toEqual([1, 47, 8 + 47]);
});

test("with KSM's settings, 100 pages every 20 ms, no second sees more than 5,000 pages looked at, and a busy one just as many", () => {
  // Oracle: 50 periods a second of 100 pages each; KSM's documented defaults (Linux, mm/ksm: pages_to_scan, sleep_millisecs).
  const vms = ["one", "two"].map((name) => imageVm(name, 3000, 0.5));
  const scenario = smallScenario(smallHost(7000), vms, { durationNs: 3_000_000_000 });
  const scans: { timeNs: number; pages: number }[] = [];
  drain(createKernel(kernelInput(scenario, sharingPolicy(100, "ksm"))), 10_000, (batch) => collectScans(batch, scans));
  const within = (from: number): number =>
    scans.reduce((sum, { timeNs, pages }) => (timeNs >= from && timeNs < from + 1e9 ? sum + pages : sum), 0);
  const rates = scans.map(({ timeNs }) => within(timeNs));
  expect(Math.max(...rates)).toBe(5000);
  expect(within(1_000_000_000)).toBe(5000);
});

function collectScans(batch: EventBatch, scans: { timeNs: number; pages: number }[]): void {
  for (let i = 0; i < batch.length; i++) {
    if (batch.types[i] === EventCode.SharingScanned) scans.push({ timeNs: batch.timesNs[i], pages: batch.a[i] });
  }
}

test.each(SHARING_STYLES)("sharing changes nothing of what processes read, write after write (%s)", (style) => {
  // Oracle: the kernel's check of every read against the last write, and a count: half of the pages were written to.
  const workload: Workload = {
    kind: "phases",
    phases: [
      sequential(40, 0),
      { kind: "idle", ns: 3 * PERIOD_NS },
      { kind: "cyclic", firstPage: 0, pages: 20, accesses: 20, writeRatio: 1 },
      sequential(40, 0),
      { kind: "idle", ns: 3 * PERIOD_NS },
    ],
    times: 1,
  };
  const vms = ["one", "two", "three"].map((name) => imageVm(name, 40, 1, workload));
  const scenario = smallScenario(smallHost(128), vms);
  const { kernel } = runChecked(kernelInput(scenario, sharingPolicy(120, style)), 1000);
  expect(kernel.machine.vms.map((vm) => vm.sharedPages)).toEqual([20, 20, 20]);
  expect(kernel.machine.savedPages).toBe(40);
});
