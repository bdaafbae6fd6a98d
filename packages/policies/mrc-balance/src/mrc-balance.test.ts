import { type Decision, type MissRatioCurve, type Observation, Prng, readParameters, vmId, type VmObservation } from "@ballast/core/policy";
import { hostObservation } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

function seeVm(number: number, missRatioCurve: MissRatioCurve, targetPages = 0): VmObservation {
  return {
    vm: vmId(number),
    name: `vm-${number}`,
    configuredPages: 100,
    residentPages: 100 - targetPages,
    swappedPages: 0,
    shares: 1,
    reservationPages: 0,
    limitPages: 100,
    isBusy: true,
    balloon: { targetPages, sizePages: targetPages, capPages: 65 },
    missRatioCurve,
  };
}

function decide(vms: readonly VmObservation[], freePages: number): Decision[] {
  const { values } = readParameters(policy.parameters, { reserveFraction: 0 }, "");
  const held = vms.reduce((sum, { residentPages }) => sum + residentPages, 0);
  const host = hostObservation(held + freePages, freePages);
  const observation: Observation = { timeNs: 0, cause: "period", neededPages: 0, host, vms };
  return [...policy.create(values, Prng.named(1, "policy")).decide(observation)];
}

const targetsOf = (decisions: readonly Decision[]): unknown[] =>
  decisions.map((decision) => decision.kind === "SetBalloonTarget" && [decision.vm, decision.pages]);

// By hand: both must keep 35 pages (the cap is 65). 140 are there: 70 to divide. The first needs 60 to miss nothing.
test("the VM whose working set fits into what is there gets it; what is over is divided by the room left", () => {
  const loop = { stepPages: 10, missRatios: [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], accesses: 1000 };
  const flat = { stepPages: 10, missRatios: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], accesses: 1000 };
  // Parts 60 and 35 leave 45 for rooms of 40 and 65: 40 * 45 / 105 = 17 and 65 * 45 / 105 = 27.
  expect(targetsOf(decide([seeVm(1, loop, 30), seeVm(2, flat, 30)], 0))).toEqual([
    [1, 23],
    [2, 38],
  ]);
});

test("a curve of more accesses weighs more", () => {
  const slope = (accesses: number): MissRatioCurve => ({
    stepPages: 10,
    missRatios: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0],
    accesses,
  });
  // Each step saves the second ten times as much: it gets all it can use (100), the first its least (35) and 5 more.
  expect(targetsOf(decide([seeVm(1, slope(100), 30), seeVm(2, slope(1000), 30)], 0))).toEqual([
    [1, 60],
    [2, 0],
  ]);
});

test("with memory for all, balloons are emptied", () => {
  const flat = { stepPages: 100, missRatios: [0], accesses: 10 };
  expect(targetsOf(decide([seeVm(1, flat, 20)], 50))).toEqual([[1, 0]]);
});

test("a VM whose curve or balloon is not known is left alone", () => {
  const flat = { stepPages: 100, missRatios: [0], accesses: 10 };
  const { missRatioCurve: _curve, ...curveless } = seeVm(1, flat, 20);
  const { balloon: _balloon, ...bare } = seeVm(2, flat, 20);
  expect(decide([curveless, bare], 50)).toEqual([]);
});
