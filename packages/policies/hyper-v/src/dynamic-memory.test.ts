import { hostObservation } from "@ballast/core/testing";
import {
  type Decision,
  NS_PER_S,
  type Observation,
  type PolicyInstance,
  Prng,
  readParameters,
  vmId,
  type VmObservation,
} from "@ballast/core/policy";
import { describe, expect, test } from "vitest";
import { pressurePercent, wantedPages } from "./dynamic-memory.ts";
import { policy } from "./index.ts";

type Seen = Partial<VmObservation> & { readonly committedPages: number | null; readonly targetPages?: number };

function seeVm({ targetPages = 0, ...changes }: Seen, index: number): VmObservation {
  const balloon = { targetPages, sizePages: targetPages, capPages: 900 };
  const id = { vm: vmId(index + 1), name: `vm-${index + 1}`, swappedPages: 0, isBusy: true, shares: 1000 };
  return { ...id, configuredPages: 1000, residentPages: 1000 - targetPages, reservationPages: 0, limitPages: 1000, balloon, ...changes };
}

function observe(seen: readonly Seen[], framePages: number, changes: Partial<Observation> = {}): Observation {
  return { timeNs: 0, cause: "period", neededPages: 0, host: hostObservation(framePages, 0), vms: seen.map(seeVm), ...changes };
}

/** Dynamic memory without startup and reserve, so that the division shows. */
const bare = { startupMs: 0, reserveFraction: 0, minimumFraction: 0.1 };

function open(given: Readonly<Record<string, number | string>>): PolicyInstance {
  return policy.create(readParameters(policy.parameters, given, "").values, Prng.named(1, "policy"));
}

/** What each VM is left with, by its new target. */
function leftWith(decisions: readonly Decision[]): Record<number, number> {
  const left: Record<number, number> = {};
  for (const decision of decisions) if (decision.kind === "SetBalloonTarget") left[decision.vm] = 1000 - decision.pages;
  return left;
}

describe("demand and buffer (oracle: Microsoft's documentation of dynamic memory)", () => {
  test("1,000 MB of committed memory and a buffer of 20 % are 1,200 MB", () => {
    const mb = 1000 * 1000;
    expect(wantedPages((1000 * mb) / 4096, 0, Number.MAX_SAFE_INTEGER, 0.2)).toBe(Math.round((1200 * mb) / 4096));
  });

  test("at rest the pressure is 83.3: a hundred times demand by 1.2 times demand", () => {
    expect(pressurePercent(500, 600)).toBeCloseTo(83.3, 1);
    const instance = open(bare);
    const targetPages = 1000 - (leftWith(instance.decide(observe([{ committedPages: 500 }], 4000)))[1] ?? 0);
    expect(targetPages).toBe(400);
    const later = observe([{ committedPages: 510, targetPages }], 4000, { timeNs: NS_PER_S });
    const figures = instance.decide(later)[0]?.figures;
    expect(figures).toEqual({ demandPages: 510, pressurePercent: 85 });
    expect(instance.decide(observe([{ committedPages: 500, targetPages }], 4000))).toEqual([]);
  });

  test("a VM gets no more than its maximum and no less than its minimum or its reservation", () => {
    const seen = [{ committedPages: 990, targetPages: 500 }, { committedPages: 10 }, { committedPages: 10, reservationPages: 300 }];
    expect(leftWith(open(bare).decide(observe(seen, 4000)))).toEqual({ 1: 1000, 2: 100, 3: 300 });
  });
});

describe("a starting VM", () => {
  const parameters = { reserveFraction: 0, startupMs: 10_000, startupFraction: 0.6, minimumFraction: 0.1 };

  test("keeps its startup memory until it counts as started", () => {
    const instance = open(parameters);
    expect(leftWith(instance.decide(observe([{ committedPages: 100 }], 4000)))).toEqual({ 1: 600 });
    const seen = [{ committedPages: 100, targetPages: 400 }];
    expect(leftWith(instance.decide(observe(seen, 4000, { timeNs: 9 * NS_PER_S })))).toEqual({});
    expect(leftWith(instance.decide(observe(seen, 4000, { timeNs: 10 * NS_PER_S })))).toEqual({ 1: 120 });
  });

  test("gets more than that if it demands more", () => {
    expect(leftWith(open(parameters).decide(observe([{ committedPages: 700 }], 4000)))).toEqual({ 1: 840 });
  });
});

describe("short memory (oracle: equal memory per share, by arithmetic)", () => {
  test("goes by weight, as far as it is wanted", () => {
    const seen = [
      { committedPages: 800, shares: 3000 },
      { committedPages: 800, shares: 1000 },
    ];
    expect(leftWith(open(bare).decide(observe(seen, 1200)))).toEqual({ 1: 900, 2: 300 });
    const modest = [
      { committedPages: 200, shares: 3000 },
      { committedPages: 800, shares: 1000 },
    ];
    expect(leftWith(open(bare).decide(observe(modest, 1000)))).toEqual({ 1: 240, 2: 760 });
  });

  test("leaves out the host's own pages, its reserve, and what VMs without dynamic memory hold", () => {
    const seen: Seen[] = [{ committedPages: 800 }, { committedPages: null, balloon: null, residentPages: 400 }];
    const host = hostObservation(1000, 0, { overheadPages: 50 });
    expect(leftWith(open({ ...bare, reserveFraction: 0.1 }).decide(observe(seen, 1000, { host })))).toEqual({ 1: 450 });
  });

  test("is not taken from anybody's minimum", () => {
    const seen = [
      { committedPages: 800, shares: 1 },
      { committedPages: 800, shares: 9999 },
    ];
    // The division rounds down to whole pages.
    expect(leftWith(open({ ...bare, minimumFraction: 0.3 }).decide(observe(seen, 1000)))).toEqual({ 1: 300, 2: 699 });
  });
});

test("without a free frame it steals a batch beside its targets, or with `end` only sets these", () => {
  const kinds = (given: Readonly<Record<string, string>>): string[] =>
    open({ ...bare, ...given })
      .decide(observe([{ committedPages: 100 }], 1000, { cause: "shortage", neededPages: 1 }))
      .map(({ kind }) => kind);
  expect(kinds({})).toEqual(["SetBalloonTarget", "StealPages"]);
  expect(kinds({ shortageFallback: "end" })).toEqual(["SetBalloonTarget"]);
});
