import { createBoundedKernel, type FaultBound } from "@ballast/core/kernel";
import { type Observation, type Policy, Prng, vmId, type VmObservation } from "@ballast/core/policy";
import type { Scenario } from "@ballast/core/scenario";
import { drain, hostObservation, kernelInput, policyOf, references, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

function boundOf(scenario: Scenario, under: Policy): FaultBound {
  const { kernel, bound } = createBoundedKernel(kernelInput(scenario, under));
  drain(kernel, 1024, () => {});
  return bound();
}

const randomSteal = policyOf(({ vms, cause, neededPages }) =>
  vms.flatMap(({ vm: number }) => {
    const take = { count: neededPages, order: "random" } as const;
    return cause === "shortage" ? [{ kind: "StealPages", vm: number, take, reason: "no free frame" }] : [];
  }),
);

describe("in the kernel", () => {
  // Oracle: L. A. Belady, 1966, as the textbooks count it: 9 with 3 frames.
  test("one VM on 3 frames faults 9 times on the textbook's string", () => {
    const vm = smallVm("vm", 8, references("7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1"));
    expect(boundOf(smallScenario(smallHost(3), [vm]), policy)).toEqual({ faults: 9, minFaults: 9 });
  });

  test("one VM faults exactly as often as Belady's MIN says, whatever it does", () => {
    const page = fc.nat(15).map((number) => (number % 3 === 0 ? `w${number}` : String(number)));
    const workload = fc.array(page, { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(workload, fc.integer({ min: 1, max: 12 }), (pages, frames) => {
        const vm = smallVm("vm", 16, references(pages.join(" ")));
        const { faults, minFaults } = boundOf(smallScenario(smallHost(frames), [vm]), policy);
        expect(faults).toBe(minFaults);
      }),
    );
  });

  test("on a cyclic scan it misses far less than random victims do", () => {
    const vm = smallVm("vm", 64, { kind: "cyclic", firstPage: 0, pages: 60, accesses: 6000, writeRatio: 0.5 });
    const scenario = smallScenario(smallHost(40), [vm]);
    const { faults } = boundOf(scenario, policy);
    // Oracle: MIN misses (W - R) / (W - 1) of a scan of W pages in R frames: 20 of 59.
    expect(faults / 6000).toBeCloseTo(20 / 59, 1);
    expect(boundOf(scenario, randomSteal).faults).toBeGreaterThan(1.5 * faults);
  });

  test("a workload that waits for commands cannot be foreseen, and the run says so", () => {
    const vm = smallVm("vm", 8, { kind: "interactive" }, { virtualPages: 8 });
    const other = smallVm("other", 8, references("0 1 2 3 4"));
    expect(() => boundOf(smallScenario(smallHost(3), [vm, other]), policy)).toThrow(/waits for commands/);
  });
});

function seeVm(number: number, furthestAccessNs: number | null, residentPages: number): VmObservation {
  const pages = { configuredPages: 100, residentPages, swappedPages: 0, shares: 1, reservationPages: 0, limitPages: 100 };
  return { vm: vmId(number), name: `vm-${number}`, isBusy: true, ...pages, furthestAccessNs };
}

test("takes from the VM whose page is needed last; a page that is not needed any more goes before any other", () => {
  const decide = (vms: readonly VmObservation[]): unknown => {
    const observation: Observation = { timeNs: 0, cause: "shortage", neededPages: 1, host: hostObservation(100, 0), vms };
    return policy
      .create({}, Prng.named(1, "policy"))
      .decide(observation)
      .map((decision) => "vm" in decision && decision.vm);
  };
  expect(decide([seeVm(1, 500, 10), seeVm(2, 900, 10), seeVm(3, null, 0)])).toEqual([2]);
  expect(decide([seeVm(1, 500, 10), seeVm(2, Number.MAX_SAFE_INTEGER, 10)])).toEqual([2]);
});
