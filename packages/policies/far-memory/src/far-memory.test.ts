import { hostObservation } from "@ballast/core/testing";
import { NS_PER_S, type Observation, type PolicyInstance, Prng, readParameters, type StealPages, vmId } from "@ballast/core/policy";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

const SCAN_NS = 120 * NS_PER_S;

const open = (given: Readonly<Record<string, number | string>> = {}): PolicyInstance =>
  policy.create(readParameters(policy.parameters, { startMs: 0, ...given }, "").values, Prng.named(1, "policy"));

/** Pages one by one: the scan since which each was left alone, and whether it is in far memory. */
class Pages {
  private readonly ages: number[];
  private readonly isFar: boolean[];
  private scans = 0;

  constructor(count: number) {
    this.ages = Array.from({ length: count }, () => 0);
    this.isFar = Array.from({ length: count }, () => false);
  }

  /** One scan after which all but these pages are older; gives how many of these came back from far memory. */
  scan(isTouched: (page: number, scan: number) => boolean): number {
    this.scans++;
    let promoted = 0;
    for (const page of this.ages.keys()) {
      const touched = isTouched(page, this.scans);
      if (touched && this.isFar[page]) promoted++;
      if (touched) this.isFar[page] = false;
      this.ages[page] = touched ? 0 : (this.ages[page] ?? 0) + 1;
    }
    return promoted;
  }

  observe(changes: Partial<Observation> = {}): Observation {
    const near = this.ages.filter((_, page) => !this.isFar[page]);
    const oldest = near.reduce((max, age) => Math.max(max, age), -1);
    const pageAges = Array.from({ length: oldest + 1 }, (_, age) => near.filter((own) => own === age).length);
    const far = this.ages.length - near.length;
    const pages = { configuredPages: this.ages.length, residentPages: near.length, swappedPages: 0, reservationPages: 0 };
    const id = { vm: vmId(1), name: "vm-1", shares: 1, isBusy: true, limitPages: this.ages.length };
    const vm = { ...id, ...pages, pageAges, compression: { compressedPages: far, cacheFramePages: Math.ceil(far / 2) } };
    const host = hostObservation(this.ages.length + 1000, 1000);
    return { timeNs: this.scans * SCAN_NS, cause: "period", neededPages: 0, host, vms: [vm], ...changes };
  }

  take({ take }: StealPages): void {
    if (!("count" in take)) return;
    const near = [...this.ages.keys()].filter((page) => !this.isFar[page] && (this.ages[page] ?? 0) >= (take.minimumAgeScans ?? 0));
    near.sort((left, right) => (this.ages[right] ?? 0) - (this.ages[left] ?? 0) || left - right);
    for (const page of near.slice(0, take.count)) this.isFar[page] = true;
  }

  farOf(from: number, end: number): number {
    return this.isFar.slice(from, end).filter(Boolean).length;
  }
}

function stealsOf(instance: PolicyInstance, observation: Observation): StealPages[] {
  return instance.decide(observation).flatMap((decision) => (decision.kind === "StealPages" ? [decision] : []));
}

/**
 * 10,000 pages accessed between all scans; 2,000 each of which is accessed between every fourth two, so 500 at a time; 100
 * of which 10 are accessed at a time; and 1,000 that never are. Target: 0.2 % of 10,510 pages in 2 minutes, so 42.04.
 */
function isAccessed(page: number, scan: number): boolean {
  if (page < 10_000) return true;
  if (page < 12_000) return (page + scan) % 4 === 0;
  return page < 12_100 && (page + scan) % 10 === 0;
}

describe("a VM with hot, warm, cool and dead pages", () => {
  const run = (given: Readonly<Record<string, number>>): { pages: Pages; promoted: number[]; thresholds: number[] } => {
    const pages = new Pages(13_100);
    const instance = open(given);
    const promoted: number[] = [];
    const thresholds: number[] = [];
    for (let scan = 0; scan < 40; scan++) {
      promoted.push(pages.scan(isAccessed));
      for (const steal of stealsOf(instance, pages.observe())) {
        thresholds.push(("minimumAgeScans" in steal.take ? steal.take.minimumAgeScans : undefined) ?? 0);
        pages.take(steal);
      }
    }
    return { pages, promoted, thresholds };
  };

  test("keeps what it accesses too often, and gives the rest (oracle: the target and arithmetic)", () => {
    const { pages, promoted, thresholds } = run({ startMs: 600_000 });
    expect(pages.farOf(0, 12_000)).toBe(0);
    expect(pages.farOf(12_100, 13_100)).toBe(1000);
    expect(Math.max(...promoted)).toBeLessThanOrEqual(42);
    expect(promoted.slice(-10)).toEqual(Array.from({ length: 10 }, () => 10));
    expect(thresholds.every((threshold) => threshold === 4)).toBe(true);
  });

  test("gives what it accesses soon again if nothing was learnt of it before, which is what S is for", () => {
    expect(Math.max(...run({}).promoted)).toBeGreaterThan(42);
  });

  test("gives the warm pages too if it may ask for 5 % of them back in a minute", () => {
    const { pages, promoted } = run({ promotionRate: 0.05 });
    expect(pages.farOf(10_000, 12_000)).toBeGreaterThan(1000);
    expect(promoted.at(-1)).toBe(510);
  });

  test("gives none that it accesses again if it may ask for nothing back", () => {
    const { pages, promoted } = run({ promotionRate: 0 });
    expect(promoted.slice(12).every((count) => count === 0)).toBe(true);
    expect(pages.farOf(0, 12_100)).toBe(0);
  });
});

describe("the policy", () => {
  const idle = (scans: number): Pages => {
    const pages = new Pages(100);
    for (let scan = 0; scan < scans; scan++) pages.scan(() => false);
    return pages;
  };

  test("scans every 120 s, takes cold pages into compressed memory, and says why", () => {
    expect(policy.periodNs(readParameters(policy.parameters, {}, "").values)).toBe(SCAN_NS);
    const instance = open();
    expect(stealsOf(instance, idle(1).observe())).toEqual([]);
    expect(stealsOf(instance, idle(2).observe())).toEqual([
      {
        kind: "StealPages",
        vm: 1,
        take: { count: 100, order: "age", minimumAgeScans: 1 },
        into: "compression",
        reason: "cold beyond the threshold",
        figures: { thresholdScans: 1, promotedPages: 0, workingSetPages: 0 },
      },
    ]);
  });

  test("takes nothing from a VM until it has been there for S", () => {
    const instance = open({ startMs: 240_000 });
    expect([1, 2, 3].map((scans) => stealsOf(instance, idle(scans).observe()).length)).toEqual([0, 0, 1]);
  });

  test("steals at random when no frame is free, and at no time else but at its scans", () => {
    const instance = open();
    stealsOf(instance, idle(1).observe());
    const shortage = idle(1).observe({ cause: "shortage", neededPages: 1 });
    expect(stealsOf(instance, shortage).map(({ take }) => "order" in take && take.order)).toEqual(["random"]);
    expect(stealsOf(instance, idle(1).observe({ cause: "memoryState" }))).toEqual([]);
  });
});
