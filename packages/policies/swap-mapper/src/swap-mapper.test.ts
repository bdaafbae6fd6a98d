import { hostObservation } from "@ballast/core/testing";
import { type Decision, type Observation, Prng, readParameters, vmId, type VmObservation } from "@ballast/core/policy";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

function seeVm(number: number, residentPages: number): VmObservation {
  const pages = { configuredPages: 1000, residentPages, swappedPages: 0, reservationPages: 0, limitPages: 1000 };
  return { vm: vmId(number), name: `vm-${number}`, ...pages, shares: 1, isBusy: true };
}

function decide(cause: Observation["cause"], freePages: number): readonly Decision[] {
  const vms = [seeVm(1, 200), seeVm(2, 600)];
  const neededPages = cause === "shortage" ? 1 : 0;
  const parameters = readParameters(policy.parameters, {}, "").values;
  const observation = { timeNs: 0, cause, neededPages, host: hostObservation(1000, freePages), vms };
  return policy.create(parameters, Prng.named(1, "policy")).decide(observation);
}

const stolen = (decisions: readonly Decision[]): (number | undefined)[] =>
  decisions.map((decision) => (decision.kind === "StealPages" && "count" in decision.take ? decision.take.count : undefined));

// The reserve is 6 % of 1,000 frames. Oracle: arithmetic.

test("it fills the reserve from all VMs in proportion to what they hold", () => {
  expect(decide("period", 60)).toEqual([]);
  expect(stolen(decide("period", 20))).toEqual([10, 30]);
  expect(stolen(decide("shortage", 0))).toEqual([15, 45]);
});
