import { type Decision, type MissRatioCurve, type Observation, Prng, vmId, type VmObservation } from "@ballast/core/policy";
import { hostObservation } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

/** Misses everything below 60 pages, and nothing from there on. */
const loop: MissRatioCurve = { stepPages: 10, missRatios: [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], accesses: 1000 };
/** Misses as often whatever it has. */
const flat: MissRatioCurve = { stepPages: 5, missRatios: Array.from({ length: 20 }, () => 0.1), accesses: 500 };

function seeVm(number: number, missRatioCurve: MissRatioCurve | undefined, changes: Partial<VmObservation> = {}): VmObservation {
  const sizes = { configuredPages: 100, residentPages: 50, swappedPages: 0, limitPages: 100, reservationPages: 0 };
  const seen = { vm: vmId(number), name: `vm-${number}`, shares: 1, isBusy: true, ...sizes, ...changes };
  return missRatioCurve === undefined ? seen : { ...seen, missRatioCurve };
}

/** 100 frames, 10 of them overhead. */
function observe(vms: readonly VmObservation[]): Observation {
  return { timeNs: 0, cause: "period", neededPages: 0, host: hostObservation(100, 0, { overheadPages: 10 }), vms };
}

const open = (): ReturnType<typeof policy.create> => policy.create({}, Prng.named(1, "policy"));
const limitsOf = (decisions: readonly Decision[]): unknown[] =>
  decisions.map((decision) => decision.kind === "SetMemoryLimit" && [decision.vm, decision.pages, decision.order]);

test("of 90 pages the loop gets the 60 that it needs, and the other VM the 30 that are left; oracle: by hand", () => {
  const decisions = open().decide(observe([seeVm(1, loop), seeVm(2, flat)]));
  expect(limitsOf(decisions)).toEqual([
    [1, 60, "lru"],
    [2, 30, "lru"],
  ]);
  expect(decisions.map(({ figures }) => figures)).toEqual([
    { partPages: 60, accesses: 1000 },
    { partPages: 30, accesses: 500 },
  ]);
});

test("no VM gets more than its limit, also where that is no multiple of the unit of 10 pages", () => {
  expect(limitsOf(open().decide(observe([seeVm(1, loop), seeVm(2, flat, { limitPages: 25 })])))).toEqual([
    [1, 60, "lru"],
    [2, 25, "lru"],
  ]);
});

test("nothing is decided when the reservations do not fit, and a VM whose curve is not known is left alone", () => {
  const reserved = { reservationPages: 50 };
  expect(open().decide(observe([seeVm(1, loop, reserved), seeVm(2, flat, reserved)]))).toEqual([]);
  expect(limitsOf(open().decide(observe([seeVm(1, undefined), seeVm(2, flat)])))).toEqual([[2, 90, "lru"]]);
});

test("the parts are given once, and again when another VM is there, also after the policy was saved and loaded", () => {
  const [both, one] = [observe([seeVm(1, loop), seeVm(2, flat)]), observe([seeVm(1, loop)])];
  const first = open();
  expect(first.decide(both)).toHaveLength(2);
  const resumed = open();
  resumed.load(first.save());
  for (const instance of [first, resumed]) {
    expect(instance.decide(both)).toEqual([]);
    expect(instance.decide(one)).toHaveLength(1);
  }
});
