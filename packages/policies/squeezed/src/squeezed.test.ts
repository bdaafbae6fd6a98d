import { hostObservation } from "@ballast/core/testing";
import { type Decision, type Observation, type PolicyInstance, Prng, readParameters, vmId, type VmObservation } from "@ballast/core/policy";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

const SECOND_NS = 1_000_000_000;
const HOST_TARGET_PAGES = 9216 / 4;

type Seen = Partial<VmObservation> & { readonly targetPages?: number; readonly sizePages?: number };

function seeVm({ targetPages = 0, sizePages = 0, ...changes }: Seen, index: number): VmObservation {
  const balloon = { targetPages, sizePages, capPages: 6500 };
  const id = { vm: vmId(index + 1), name: `vm-${index + 1}`, configuredPages: 10_000, residentPages: 0, swappedPages: 0 };
  const rights = { shares: 1000, reservationPages: 4000, limitPages: 10_000, isBusy: true };
  return { ...id, ...rights, balloon, ...changes };
}

function observe(timeNs: number, framePages: number, seen: readonly Seen[], cause: Observation["cause"] = "period"): Observation {
  const host = hostObservation(framePages, framePages);
  return { timeNs, cause, neededPages: 0, host, vms: seen.map(seeVm) };
}

function open(): PolicyInstance {
  return policy.create(readParameters(policy.parameters, {}, "").values, Prng.named(1, "policy"));
}

function targetsOf(decisions: readonly Decision[]): Record<number, number> {
  const targets: Record<number, number> = {};
  for (const decision of decisions) if (decision.kind === "SetBalloonTarget") targets[decision.vm] = decision.pages;
  return targets;
}

// Two domains of 4,000 to 10,000 pages. Oracle: (target - min) / (max - min) is the same for both, and arithmetic.

test("on a host that holds all that is promised nothing is squeezed, touched or not", () => {
  expect(open().decide(observe(0, 20_000 + HOST_TARGET_PAGES + 4, [{}, {}]))).toEqual([]);
});

test("two domains that do not fit are squeezed to the same part of their ranges", () => {
  // 14,000 pages for both: each gets half of its range, less the inaccuracy of two pages each way.
  const decisions = open().decide(observe(0, 14_000 + HOST_TARGET_PAGES + 4, [{}, {}]));
  expect(targetsOf(decisions)).toEqual({ 1: 3000, 2: 3000 });
});

test("a domain that only has to grow waits until the one that has to give has given", () => {
  const instance = open();
  const framePages = 14_000 + HOST_TARGET_PAGES + 4;
  const small = { targetPages: 5000, sizePages: 5000 };
  expect(targetsOf(instance.decide(observe(0, framePages, [{}, small])))).toEqual({ 1: 3000 });
  const giving = { targetPages: 3000, sizePages: 1000 };
  expect(targetsOf(instance.decide(observe(SECOND_NS, framePages, [giving, small])))).toEqual({});
  const given = { targetPages: 3000, sizePages: 3000 };
  expect(targetsOf(instance.decide(observe(2 * SECOND_NS, framePages, [given, small])))).toEqual({ 2: 3000 });
});

test("a driver that has not moved for five seconds is left out, and the others give more", () => {
  const instance = open();
  const framePages = 14_000 + HOST_TARGET_PAGES + 4;
  const stuck = { targetPages: 3000, sizePages: 0 };
  const listening = { targetPages: 3000, sizePages: 3000 };
  instance.decide(observe(0, framePages, [{}, {}]));
  for (let second = 1; second <= 5; second++) {
    expect(instance.decide(observe(second * SECOND_NS, framePages, [stuck, listening]))).toEqual([]);
  }
  // 10,000 stay with the stuck one; 4,000 are left for the other, and 2 of those set aside for the inaccuracy of both.
  const { 2: target } = targetsOf(instance.decide(observe(6 * SECOND_NS, framePages, [stuck, listening])));
  expect(target).toBe(5998);
});

test("between two checks it does nothing at its periods, and a lower memory state makes it check immediately", () => {
  const instance = open();
  const enough = 20_000 + HOST_TARGET_PAGES + 4;
  expect(instance.decide(observe(0, enough, [{}, {}]))).toEqual([]);
  const short = 14_000 + HOST_TARGET_PAGES + 4;
  expect(instance.decide(observe(9 * SECOND_NS, short, [{}, {}]))).toEqual([]);
  expect(targetsOf(instance.decide(observe(9 * SECOND_NS, short, [{}, {}], "memoryState")))).toEqual({ 1: 3000, 2: 3000 });
});

test("a domain without a balloon driver keeps all it was built with", () => {
  const decisions = open().decide(observe(0, 14_000 + HOST_TARGET_PAGES + 2, [{ balloon: null }, {}]));
  expect(targetsOf(decisions)).toEqual({ 2: 6000 });
});

test("without a free frame the host swaps, if it is to; Xen has none to swap to", () => {
  const shortage = { ...observe(0, 14_000, [{ residentPages: 7000 }], "shortage"), neededPages: 1 };
  const kinds = (shortageFallback: string): string[] => {
    const { values } = readParameters(policy.parameters, { shortageFallback }, "");
    return policy
      .create(values, Prng.named(1, "policy"))
      .decide(shortage)
      .map(({ kind }) => kind);
  };
  expect(kinds("steal")).toEqual(["StealPages"]);
  expect(kinds("end")).toEqual([]);
});

test("nothing that a guest does changes its target", () => {
  const framePages = 14_000 + HOST_TARGET_PAGES + 4;
  const busy = open().decide(observe(0, framePages, [{ residentPages: 9000, isBusy: true }, {}]));
  const idle = open().decide(observe(0, framePages, [{ residentPages: 0, isBusy: false }, {}]));
  expect(busy).toEqual(idle);
});
