import fc from "fast-check";
import { expect, test } from "vitest";
import { Counter, faultsOf, VmLife } from "../../memory/index.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { scenarioArbitrary } from "../../testing/random-scenario.ts";
import { wildPolicy } from "../../testing/wild-policy.ts";
import { countOptimalMisses } from "../../testing/reference-replacement.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { AccessObserver } from "../state/access-observer.ts";
import { createKernel } from "../engine/create-kernel.ts";
import { createBoundedKernel, type FaultBound } from "./fault-bound.ts";
import type { KernelInput } from "../engine/kernel-contract.ts";
import { caseCount } from "../../testing/case-count.ts";

function boundOf(input: KernelInput): FaultBound {
  const { kernel, bound } = createBoundedKernel(input);
  drain(kernel, 1024, () => {});
  return bound();
}

const TEXTBOOK = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";

test("one process on a native host of 3 frames: MIN's 9 misses on the textbook's string, and the 15 of FIFO", () => {
  const vm = smallVm("os", 3, references(TEXTBOOK), { virtualPages: 8, replacement: "fifo", balloon: null });
  const scenario = smallScenario(smallHost(3), [vm], { mapping: "oneLevel" });
  expect(boundOf(kernelInput(scenario))).toEqual({ faults: 15, minFaults: 9 });
});

test("two VMs: the bound is MIN's on the accesses as they were merged, page numbers kept apart", () => {
  // Each access takes 100 ns; the VMs take turns by their clocks, the one with the lower number first among equals.
  const vms = ["0 1 2 0 1 2", "0 3 0 3 0 3"].map((text, index) => smallVm(`vm-${index + 1}`, 8, references(text)));
  const steal = policyOf(({ vms: seen, cause }) => {
    const largest = seen.reduce((max, vm) => (vm.residentPages > max.residentPages ? vm : max));
    if (cause !== "shortage") return [];
    return [{ kind: "StealPages", vm: largest.vm, take: { count: 1, order: "random" }, reason: "must" }];
  });
  const scenario = smallScenario(smallHost(3), vms, {});
  const merged: number[] = [];
  const input = kernelInput(scenario, steal);
  const bounded = boundOf(input);
  const observed = boundOfObserved(input, merged);
  expect(merged).toHaveLength(12);
  expect(bounded.minFaults).toBe(countOptimalMisses(merged, 3));
  expect(bounded.faults).toBe(observed);
});

/** The interleaved trace and the misses, written down another way: a name for each page. */
function boundOfObserved(input: KernelInput, merged: number[]): number {
  const names: string[] = [];
  let misses = 0;
  const onAccesses: AccessObserver = (vm, process, pages, from, count, isMiss) => {
    if (isMiss) misses++;
    for (const page of pages.subarray(from, from + count)) {
      const name = `${vm}/${process}/${page}`;
      if (!names.includes(name)) names.push(name);
      merged.push(names.indexOf(name));
    }
  };
  drain(createKernel({ ...input, onAccesses }), 64, () => {});
  return misses;
}

test("no run of random scenarios under random decisions has fewer faults than its bound", () => {
  fc.assert(
    fc.property(scenarioArbitrary, (scenario) => {
      const { kernel, bound } = createBoundedKernel(kernelInput(scenario, wildPolicy));
      drain(kernel, 1024, () => {});
      const { faults, minFaults } = bound();
      const hasMerged = kernel.machine.vms.some(({ counters }) => counters[Counter.pagesMerged] > 0);
      expect(minFaults === null).toBe(hasMerged);
      expect(faults).toBeGreaterThanOrEqual(minFaults ?? 0);
      // The tables count from events what the recorder sees of accesses; an access that a VM died over was never made.
      const dead = kernel.machine.vms.filter(({ life }) => life === VmLife.Terminated).length;
      const counted = kernel.machine.vms.reduce((sum, { counters }) => sum + faultsOf(counters), 0);
      expect(counted).toBeGreaterThanOrEqual(faults);
      expect(counted).toBeLessThanOrEqual(faults + dead);
    }),
    { numRuns: caseCount(75, 1500) },
  );
});
