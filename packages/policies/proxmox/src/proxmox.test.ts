import { hostObservation } from "@ballast/core/testing";
import {
  type Decision,
  type Observation,
  type ParameterValues,
  Prng,
  readParameters,
  vmId,
  type VmObservation,
} from "@ballast/core/policy";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

const MIB_PAGES = 256;

type Seen = Partial<VmObservation> & { readonly sizePages?: number; readonly freePages?: number };

/** A VM of 1,024 MiB with a minimum of 512 MiB. */
function seeVm({ sizePages = 0, freePages = 0, ...changes }: Seen, index: number): VmObservation {
  const configuredPages = 1024 * MIB_PAGES;
  const balloon = { targetPages: sizePages, sizePages, capPages: configuredPages };
  const totalPages = configuredPages - sizePages;
  const faults = { majorFaults: 0, minorFaults: 0, pageOuts: 0, pageIns: 0 };
  const guest = { totalPages, freePages, availablePages: freePages, ...faults };
  const id = { vm: vmId(index + 1), name: `vm-${index + 1}`, configuredPages, residentPages: totalPages, swappedPages: 0 };
  const rights = { shares: 1000, reservationPages: 512 * MIB_PAGES, limitPages: configuredPages, isBusy: true };
  return { ...id, ...rights, balloon, guest, ...changes };
}

/** Of a host of 2,000 MiB, of which 1,600 are to be in use. */
function decide(
  freeMib: number,
  seen: readonly Seen[],
  cause: Observation["cause"] = "period",
  given: ParameterValues = {},
): readonly Decision[] {
  const host = hostObservation(2000 * MIB_PAGES, freeMib * MIB_PAGES);
  const observation = { timeNs: 0, cause, neededPages: cause === "shortage" ? 1 : 0, host, vms: seen.map(seeVm) };
  return policy.create(readParameters(policy.parameters, given, "").values, Prng.named(1, "policy")).decide(observation);
}

/** Balloon targets in MiB by VM. */
function targetsOf(decisions: readonly Decision[]): Record<number, number> {
  const targets: Record<number, number> = {};
  for (const decision of decisions) {
    if (decision.kind === "SetBalloonTarget") targets[decision.vm] = decision.pages / MIB_PAGES;
  }
  return targets;
}

const SHORT = 0;
const COMFORTABLE = 200 * MIB_PAGES;

describe("targets from what the host and the guests say (oracle: the rules of PVE/AutoBalloon.pm, and arithmetic)", () => {
  test("with 80 % in use, give or take 10 MiB, nothing is done", () => {
    expect(decide(400, [{}, {}])).toEqual([]);
    expect(decide(390, [{}, {}])).toEqual([]);
  });

  test("a comfortable VM gives before one that is short of memory, at most 100 MiB in a round", () => {
    expect(targetsOf(decide(350, [{ freePages: SHORT }, { freePages: COMFORTABLE }]))).toEqual({ 2: 50 });
    expect(targetsOf(decide(100, [{ freePages: SHORT }, { freePages: COMFORTABLE }]))).toEqual({ 2: 100 });
  });

  test("if all are short, all give", () => {
    expect(targetsOf(decide(350, [{ freePages: SHORT }, { freePages: SHORT }]))).toEqual({ 1: 25, 2: 25 });
  });

  test("a VM that is short of memory gets before a comfortable one", () => {
    const held = { sizePages: 400 * MIB_PAGES };
    const seen = [
      { ...held, freePages: SHORT },
      { ...held, freePages: COMFORTABLE },
    ];
    expect(targetsOf(decide(460, seen))).toEqual({ 1: 340 });
  });

  test("a guest whose free memory is exactly a quarter of its minimum is short", () => {
    const seen = [{ freePages: 128 * MIB_PAGES }, { freePages: 128 * MIB_PAGES + 1 }];
    expect(targetsOf(decide(350, seen))).toEqual({ 2: 50 });
  });

  test("no VM goes below its minimum or above its limit", () => {
    const low = [{ sizePages: 500 * MIB_PAGES }, { sizePages: 512 * MIB_PAGES }];
    expect(targetsOf(decide(100, low))).toEqual({ 1: 512 });
    const high = [{ sizePages: 30 * MIB_PAGES, limitPages: 1004 * MIB_PAGES }];
    expect(targetsOf(decide(500, high))).toEqual({ 1: 20 });
  });

  test("a VM without a balloon driver is left alone, and one without a minimum if there is no default", () => {
    expect(targetsOf(decide(350, [{ balloon: null, guest: null }, {}]))).toEqual({ 2: 50 });
    const unpromised = [{ reservationPages: 0 }, {}];
    expect(targetsOf(decide(350, unpromised))).toEqual({ 1: 25, 2: 25 });
    expect(targetsOf(decide(350, unpromised, "period", { defaultMinimumFraction: 0 }))).toEqual({ 2: 50 });
  });
});

test("between two rounds it sets no target; without a free frame the host swaps, if it is to", () => {
  expect(decide(100, [{}, {}], "memoryState")).toEqual([]);
  expect(decide(0, [{}, {}], "shortage").map(({ kind }) => kind)).toEqual(["StealPages", "StealPages"]);
  expect(decide(0, [{}, {}], "shortage", { shortageFallback: "end" })).toEqual([]);
});
