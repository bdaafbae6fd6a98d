import { hostObservation } from "@ballast/core/testing";
import { type Decision, type Observation, Prng, readParameters, vmId } from "@ballast/core/policy";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

function observe(cause: Observation["cause"], freePages: number, residentPages: readonly number[]): Observation {
  const host = hostObservation(1000, freePages);
  const vms = residentPages.map((resident, index) => {
    const id = {
      vm: vmId(index + 1),
      name: `vm-${index + 1}`,
      configuredPages: 1000,
      swappedPages: 0,
      shares: 1,
      isBusy: true,
    };
    return { ...id, residentPages: resident, reservationPages: 0, limitPages: 1000 };
  });
  return { timeNs: 0, cause, neededPages: cause === "shortage" ? 1 : 0, host, vms };
}

function countsOf(observation: Observation): Record<number, number> {
  const parameters = readParameters(policy.parameters, {}, "").values;
  const decisions: readonly Decision[] = policy.create(parameters, Prng.named(1, "policy")).decide(observation);
  const counts: Record<number, number> = {};
  for (const decision of decisions) {
    if (decision.kind === "StealPages" && "count" in decision.take) counts[decision.vm] = decision.take.count;
  }
  return counts;
}

// The reserve is 6 % of 1,000 frames. Oracle: arithmetic.

test("with the reserve full it takes nothing", () => {
  expect(countsOf(observe("period", 60, [900]))).toEqual({});
});

test("it fills the reserve from all VMs in proportion to what they hold", () => {
  expect(countsOf(observe("period", 20, [200, 600]))).toEqual({ 1: 10, 2: 30 });
});

test("a shortage fills the whole reserve too, so that the next one does not follow immediately", () => {
  expect(countsOf(observe("shortage", 0, [500, 500]))).toEqual({ 1: 30, 2: 30 });
});
