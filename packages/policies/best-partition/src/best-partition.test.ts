import { createBoundedKernel } from "@ballast/core/kernel";
import type { Policy } from "@ballast/core/policy";
import { exactMissRatioCurve } from "@ballast/core/reuse";
import type { Scenario, VmSpec } from "@ballast/core/scenario";
import { caseCount, drain, kernelInput, policyOf, references, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import type { Workload } from "@ballast/core/workload";
import fc from "fast-check";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

function faultsOf(scenario: Scenario, under: Policy): number {
  const { kernel, bound } = createBoundedKernel(kernelInput(scenario, under));
  drain(kernel, 1024, () => {});
  return bound().faults;
}

/** Holds each VM to a part from the beginning, by exact LRU. */
function fixedParts(parts: readonly number[]): Policy {
  let isDone = false;
  return policyOf(
    ({ vms }) => {
      if (isDone) return [];
      isDone = true;
      return vms.map(({ vm }, index) => {
        return { kind: "SetMemoryLimit", vm, pages: parts[index] ?? 1, order: "lru", reason: "fixed" } as const;
      });
    },
    { requires: ["memoryLimit", "foresight"], orders: () => ["lru"], periodNs: () => 500_000 },
  );
}

/** VMs that wait until policies have decided, and then store: a page that comes back must be brought back. */
function vmsOf(workloads: readonly (readonly number[])[]): VmSpec[] {
  return workloads.map((pages, index) => {
    const stores = references(pages.map((page) => `w${page}`).join(" "));
    const workload: Workload = { kind: "phases", phases: [{ kind: "idle", ns: 2_000_000 }, stores], times: 1 };
    return smallVm(`vm-${index + 1}`, 12, workload);
  });
}

const pagesStored = fc.array(fc.nat(9), { minLength: 1, maxLength: 120 });

test("no other static partition under LRU has fewer faults, all of them tried", () => {
  fc.assert(
    fc.property(pagesStored, pagesStored, fc.integer({ min: 2, max: 14 }), (left, right, frames) => {
      const scenario = smallScenario(smallHost(frames, { swapPages: 64 }), vmsOf([left, right]));
      const best = faultsOf(scenario, policy);
      for (let part = 1; part < frames; part++) {
        expect(faultsOf(scenario, fixedParts([part, frames - part]))).toBeGreaterThanOrEqual(best);
      }
    }),
    { numRuns: caseCount(10, 125) },
  );
});

// Oracle: Mattson's stack algorithm: the misses of LRU with any number of pages, from one pass over the references.
test("a VM that is held to a part by exact LRU faults as often as its miss ratio curve says", () => {
  fc.assert(
    fc.property(pagesStored, fc.integer({ min: 1, max: 12 }), (pages, part) => {
      const { missRatios, accesses } = exactMissRatioCurve(pages, 1, 12);
      const faults = faultsOf(smallScenario(smallHost(20), vmsOf([pages])), fixedParts([part]));
      expect(faults).toBe(Math.round((missRatios[part - 1] ?? 0) * accesses));
    }),
    { numRuns: caseCount(13, 250) },
  );
});
