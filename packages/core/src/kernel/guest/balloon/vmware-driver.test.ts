import { describe, expect, test } from "vitest";
import { BalloonAllocation, TrapCause } from "../../../events/index.ts";
import { parseVmSpec, type VmwareBalloonSpec } from "../../../scenario/index.ts";
import { growths, inflateGuest, type ToldEvent } from "../../../testing/inflate-guest.ts";
import { references } from "../../../testing/small-scenario.ts";

const SECOND_NS = 1_000_000_000;

/** The driver with its published figures, in a VM of `configuredPages` pages. */
function publishedDriver(configuredPages: number): VmwareBalloonSpec {
  const { balloon } = parseVmSpec({ configuredPages, balloon: { driver: "vmware" }, processes: [] });
  if (balloon?.driver !== "vmware") throw new Error("the form gives another driver");
  return balloon;
}

/** Rates that a VM of 60 pages shows. */
const SMALL: VmwareBalloonSpec = {
  driver: "vmware",
  pollNs: SECOND_NS,
  capFraction: 1,
  minFreePages: 5,
  noSleepPages: 10,
  allocLeastPages: 2,
  allocMostPages: 8,
  allocStepPages: 3,
  slowPolls: 4,
  freePages: 7,
};

function named(told: readonly ToldEvent[], name: string): ToldEvent[] {
  return told.filter((event) => event.name === name);
}

/** Twenty pages written, then rest. */
const TWENTY_DIRTY = {
  kind: "phases",
  times: 1,
  phases: [
    { kind: "sequential", firstPage: 0, pages: 20, writeRatio: 1 },
    { kind: "idle", ns: 100 * SECOND_NS },
  ],
} as const;

test("the published figures are those of vmw_balloon 1.2, and the cap of ESX", () => {
  // Oracle: drivers/misc/vmware_balloon.c of Linux 2.6.34; 65 %: VMware's documentation of sched.mem.maxmemctl.
  // Min watermark of 2 GiB: the square root of 16 * 2,097,152 KiB is 5,792 KiB, that is 1,448 pages.
  expect(publishedDriver(524_288)).toEqual({
    driver: "vmware",
    pollNs: SECOND_NS,
    capFraction: 0.65,
    minFreePages: 1_448,
    noSleepPages: 16_384,
    allocLeastPages: 512,
    allocMostPages: 2_048,
    allocStepPages: 16,
    slowPolls: 4,
    freePages: 16_384,
  });
});

test("1 GiB takes 16 polls with ample free memory, all but the last of 16,385 pages", () => {
  // Oracle: the loop counts to 16,384 and then takes one more; 15 times 16,385 leave 16,369 of 262,144 pages.
  const told = inflateGuest({
    balloon: publishedDriver(524_288),
    configuredPages: 524_288,
    targets: [[0, 262_144]],
    endNs: 20 * SECOND_NS,
  });
  expect(growths(told)).toEqual([...Array.from({ length: 15 }, () => 16_385), 16_369]);
  const polls = named(told, "BalloonInflated").map(({ timeNs }) => Math.floor(timeNs / SECOND_NS));
  expect(polls[0]).toBe(1);
  expect(polls.at(-1)).toBeGreaterThanOrEqual(16);
});

test("the balloon stops at 65 % of the VM", () => {
  const told = inflateGuest({ balloon: publishedDriver(1_000), configuredPages: 1_000, targets: [[0, 650]], endNs: 5 * SECOND_NS });
  expect(growths(told)).toEqual([650]);
  const beyond = { balloon: publishedDriver(1_000), configuredPages: 1_000, targets: [[0, 651]], endNs: SECOND_NS } as const;
  expect(growths(inflateGuest(beyond))).toEqual([]);
  expect(named(inflateGuest(beyond), "ScriptedCommandSkipped")).toHaveLength(1);
});

describe("a guest of 60 pages, 20 of them dirty, that keeps 5 free", () => {
  const told = inflateGuest({
    balloon: SMALL,
    configuredPages: 60,
    workload: TWENTY_DIRTY,
    vm: { virtualPages: 20 },
    targets: [[0, 50]],
    endNs: 8.5 * SECOND_NS,
  });

  test("gives 11 free pages a poll, then the last 2 and 6 of its dirty ones, then 8 at the lower rate", () => {
    // Oracle: the driver's loop by hand. 40 pages are free and 5 stay so: 11 + 11 + 11 + 2. In the fourth poll round 2
    // fails, rounds 3 to 8 reclaim (the rate is 8). In the fifth round 0 fails, and rounds 1 to 8 reclaim.
    expect(growths(told)).toEqual([11, 11, 11, 8, 8]);
    expect(named(told, "PagePagedOut")).toHaveLength(14);
  });

  test("is asked for the last page in vain as long as nothing else frees memory: the failing round is the only one", () => {
    const refusals = named(told, "BalloonAllocationRefused");
    expect(refusals.map(({ a }) => a)).toEqual([15, 9, 1, 1, 1]);
    expect(refusals.every(({ c }) => c === BalloonAllocation.NoSleep)).toBe(true);
  });

  test("traps once at each poll and once for each page", () => {
    const calls = named(told, "Trapped").filter(({ a }) => a === TrapCause.BalloonCall);
    expect(calls.filter(({ c }) => c === -1)).toHaveLength(8);
    expect(calls.filter(({ c }) => c !== -1)).toHaveLength(49);
  });
});

test("a guest that has nothing left to reclaim halves the rate; a clean poll raises it by a step", () => {
  // Oracle: the loop by hand. 55 of 60 pages are to be had, 11 a poll. Polls 6 and 7 fail twice each: the rate of 8 falls to
  // 4 and to 2. Polls 8 and 9 give 7 and 3 pages back, slow polls 3 and 2. Poll 10 is slow: 2 pages and one more, which
  // raises the rate to 5. Poll 11 is fast: 7 pages, then round 7 fails, and is above the rate: no reclaim.
  const told = inflateGuest({
    balloon: SMALL,
    configuredPages: 60,
    targets: [
      [0, 60],
      [7.5 * SECOND_NS, 45],
      [9.5 * SECOND_NS, 60],
    ],
    endNs: 11.5 * SECOND_NS,
  });
  expect(growths(told)).toEqual([11, 11, 11, 11, 11, 3, 7]);
  expect(named(told, "BalloonDeflated").map(({ a }) => a)).toEqual([7, 3]);
  const { NoSleep, MayReclaim } = BalloonAllocation;
  const causes = named(told, "BalloonAllocationRefused").map(({ c }) => c);
  expect(causes).toEqual([NoSleep, MayReclaim, NoSleep, MayReclaim, NoSleep]);
});

test("after two failures each clean poll takes a step more than the one before, up to the most", () => {
  // Oracle: the loop by hand. The rate is 2 after polls 6 and 7, of which each sets 6 slow polls. Poll 8 gives 35 pages back.
  // Polls 9 to 12 are slow: 2 pages and one more, then at rates of 5, 8 and 8. Poll 13 is fast, and 8 pages are left.
  const told = inflateGuest({
    balloon: { ...SMALL, slowPolls: 6, freePages: 40 },
    configuredPages: 60,
    targets: [
      [0, 60],
      [7.5 * SECOND_NS, 20],
      [8.5 * SECOND_NS, 60],
    ],
    endNs: 13.5 * SECOND_NS,
  });
  expect(growths(told)).toEqual([11, 11, 11, 11, 11, 3, 6, 9, 9, 8]);
});

test("a clean poll that reached the rate several times raises it by as many steps", () => {
  // Oracle: the loop by hand. The rate is 2 after polls 6 and 7. Poll 8 gives 17 pages back; poll 9 is fast: 11 pages, round 10
  // is 5 times the rate, which becomes 2 + 5 * 3, at most 8. Poll 10: 6 pages, then round 6 fails, below the rate, so that the
  // driver tries with reclaim. With one step it would be at 5, and would not.
  const told = inflateGuest({
    balloon: { ...SMALL, slowPolls: 1, freePages: 40 },
    configuredPages: 60,
    targets: [
      [0, 60],
      [7.5 * SECOND_NS, 38],
      [8.5 * SECOND_NS, 60],
    ],
    endNs: 10.5 * SECOND_NS,
  });
  expect(growths(told)).toEqual([11, 11, 11, 11, 11, 11, 6]);
  const causes = named(told, "BalloonAllocationRefused").map(({ c }) => c);
  expect(causes.slice(-2)).toEqual([BalloonAllocation.NoSleep, BalloonAllocation.MayReclaim]);
});

test("deflating gives back a number of pages a poll, the last pinned first, with one call for each", () => {
  const told = inflateGuest({
    balloon: SMALL,
    configuredPages: 60,
    targets: [
      [0, 22],
      [2.5 * SECOND_NS, 5],
    ],
    endNs: 7 * SECOND_NS,
  });
  expect(named(told, "BalloonDeflated").map(({ a }) => a)).toEqual([7, 7, 3]);
  const pinned = named(told, "BalloonPagePinned").map(({ a }) => a);
  expect(named(told, "BalloonPageUnpinned").map(({ a }) => a)).toEqual(pinned.toReversed().slice(0, 17));
});

test("references still read what was written after an inflation that paged them out", () => {
  const told = inflateGuest({
    balloon: { ...SMALL, pollNs: 1_000_000 },
    configuredPages: 12,
    vm: { virtualPages: 6 },
    workload: {
      kind: "phases",
      times: 1,
      phases: [references("w0 w1 w2 w3 w4 w5"), { kind: "idle", ns: 20_000_000 }, references("0 1 2 3 4 5")],
    },
    targets: [
      [0, 12],
      [15_000_000, 0],
    ],
    endNs: SECOND_NS,
  });
  expect(named(told, "PagePagedIn").length).toBeGreaterThan(0);
});
