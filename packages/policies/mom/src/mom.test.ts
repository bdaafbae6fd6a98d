import { hostObservation } from "@ballast/core/testing";
import { type Decision, type Observation, type PolicyInstance, Prng, readParameters, vmId, type VmObservation } from "@ballast/core/policy";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

type Seen = Partial<VmObservation> & { readonly sizePages?: number; readonly freePages?: number };

function seeVm({ sizePages = 0, freePages = 0, ...changes }: Seen, index: number): VmObservation {
  const balloon = { targetPages: sizePages, sizePages, capPages: 6500 };
  const totalPages = 10_000 - sizePages;
  const faults = { majorFaults: 0, minorFaults: 0, pageOuts: 0, pageIns: 0 };
  const guest = { totalPages, freePages, availablePages: freePages, ...faults };
  const id = { vm: vmId(index + 1), name: `vm-${index + 1}`, configuredPages: 10_000, residentPages: 0, swappedPages: 0 };
  const rights = { shares: 1000, reservationPages: 0, limitPages: 10_000, isBusy: true };
  return { ...id, ...rights, balloon, guest, ...changes };
}

/** A host of 100,000 frames. */
function observe(freePages: number, seen: readonly Seen[], cause: Observation["cause"] = "period"): Observation {
  const host = hostObservation(100_000, freePages);
  return { timeNs: 0, cause, neededPages: cause === "shortage" ? 1 : 0, host, vms: seen.map(seeVm) };
}

function open(given: Readonly<Record<string, unknown>> = {}): PolicyInstance {
  return policy.create(readParameters(policy.parameters, given, "").values, Prng.named(1, "policy"));
}

function targetsOf(decisions: readonly Decision[]): Record<number, number> {
  const targets: Record<number, number> = {};
  for (const decision of decisions) if (decision.kind === "SetBalloonTarget") targets[decision.vm] = decision.pages;
  return targets;
}

const IDLE = { freePages: 9000 };

test("a short host shrinks all guests by 5 %, idle or not, as far as they do not use their memory", () => {
  expect(targetsOf(open().decide(observe(15_000, [IDLE, { freePages: 1900 }, { freePages: 1000 }])))).toEqual({ 1: 500, 2: 400 });
});

test("the host is short when the mean of the last ten samples is below 20 %, not when the last is", () => {
  const instance = open();
  for (let sample = 0; sample < 9; sample++) expect(instance.decide(observe(21_000, [IDLE]))).toEqual([]);
  // Nine samples of 21 % and one of 11 %: exactly 20 %. The next one pushes a sample of 21 % out.
  expect(targetsOf(instance.decide(observe(11_000, [IDLE])))).toEqual({});
  expect(targetsOf(instance.decide(observe(20_000, [IDLE])))).toEqual({ 1: 500 });
});

test("what a guest uses is a mean, too: one that has just freed all is not shrunk immediately", () => {
  const instance = open({ sampleCount: 2 });
  expect(instance.decide(observe(15_000, [{ freePages: 0 }]))).toEqual([]);
  // 5,000 unused on average: it needs 5,000 and 15 % of 10,000.
  expect(targetsOf(instance.decide(observe(15_000, [{ freePages: 10_000 }])))).toEqual({ 1: 500 });
  const busy = open({ sampleCount: 2 });
  expect(busy.decide(observe(15_000, [{ freePages: 0 }]))).toEqual([]);
  expect(targetsOf(busy.decide(observe(15_000, [{ freePages: 3600 }])))).toEqual({ 1: 300 });
});

test("a guest that tells nothing of its memory is left alone", () => {
  expect(targetsOf(open().decide(observe(15_000, [{ guest: null, balloon: null }, IDLE])))).toEqual({ 2: 500 });
});

test("samples are taken at its periods only; without a free frame the host swaps, if it is to", () => {
  const instance = open();
  const saved = instance.save();
  expect(instance.decide(observe(15_000, [IDLE], "memoryState"))).toEqual([]);
  expect(instance.decide(observe(0, [{ residentPages: 100 }], "shortage")).map(({ kind }) => kind)).toEqual(["StealPages"]);
  expect(instance.save()).toEqual(saved);
  expect(open({ shortageFallback: "end" }).decide(observe(0, [{ residentPages: 100 }], "shortage"))).toEqual([]);
});

test("saved and loaded, it continues with its window of samples (oracle: the mean of 10 % and 25 % is short of 20 %, 25 % is not)", () => {
  const first = open();
  first.decide(observe(10_000, [IDLE]));
  const resumed = open();
  resumed.load(first.save());
  expect(targetsOf(resumed.decide(observe(25_000, [IDLE])))).toEqual({ 1: 500 });
  expect(targetsOf(open().decide(observe(25_000, [IDLE])))).toEqual({});
});
