import type { MemoryStateName, MemoryStatePreset } from "@ballast/core/policy";
import { describe, expect, test } from "vitest";
import { observe, open, type Seen, tell } from "./observe.fixture.ts";

/**
 * Two equal, fully active VMs that hold all but the free frames; the first has no balloon driver. Aimed at are 60 free
 * frames. Oracle: C. A. Waldspurger, OSDI 2002, section 6.3, and arithmetic.
 */
const EQUAL: readonly Seen[] = [{ residentPages: 490, balloon: null }, { residentPages: 490 }];

describe("what is done in each memory state", () => {
  test("high: nothing", () => {
    expect(tell(open().decide(observe(45, EQUAL)))).toEqual([]);
  });

  test("clear, of vSphere 6: nothing but sharing, which continues in every state", () => {
    expect(tell(open().decide(observe(45, EQUAL, "memoryState", { memoryState: "clear" })))).toEqual([]);
  });

  test("soft: balloons grow; a VM without a balloon driver is paged out", () => {
    expect(tell(open().decide(observe(30, EQUAL)))).toEqual(["balloon 2: 525", "page out 1: 15 random to swap"]);
  });

  test("hard: what is above its target is paged out, whether it has a balloon or not", () => {
    expect(tell(open().decide(observe(15, EQUAL)))).toEqual([
      "balloon 2: 533",
      "page out 1: 23 random to swap",
      "page out 2: 23 random to swap",
    ]);
  });

  test("low: besides, those above their targets are suspended", () => {
    const low = [...EQUAL, { residentPages: 10, reservationPages: 10 }];
    expect(tell(open().decide(observe(6, low)))).toEqual([
      "balloon 2: 537",
      "page out 1: 27 random to swap",
      "page out 2: 27 random to swap",
      "suspend 1",
      "suspend 2",
    ]);
  });

  test("soft: what is beyond a driver's cap no balloon gets, so that it is paged out", () => {
    const idle = { residentPages: 900, activeFraction: 0, balloon: { targetPages: 0, sizePages: 0, capPages: 100 } };
    // 65 frames are free and 600 aimed at: the VM is to have 365, its balloon leaves it 900.
    const host = { marks: { highPages: 600, softPages: 70, hardPages: 20, lowPages: 10 }, memoryState: "soft" } as const;
    expect(tell(open().decide(observe(65, [idle], "memoryState", host)))).toEqual(["balloon 1: 100", "page out 1: 535 random to swap"]);
  });
});

const MECHANISMS = ["share immediately", "balloon", "swap", "compress", "suspend"] as const;
type Mechanism = (typeof MECHANISMS)[number];

/** Which mechanisms act in a state, at a change to it, for VMs with balloon drivers that are above their targets. */
function mechanismsIn(memoryStatePreset: MemoryStatePreset, memoryState: MemoryStateName): Mechanism[] {
  const free = { high: 70, clear: 45, soft: 30, hard: 15, low: 6 }[memoryState];
  const seen: readonly Seen[] = [{ residentPages: 490 }, { residentPages: 490 }, { residentPages: 10, reservationPages: 10 }];
  const decisions = open().decide(observe(free, seen, "memoryState", { memoryState, memoryStatePreset }));
  const acts: Record<Mechanism, boolean> = {
    "share immediately": decisions.some((decision) => decision.kind === "SharePages" && decision.breaksLargePages === true),
    balloon: decisions.some((decision) => decision.kind === "SetBalloonTarget" && decision.pages > 0),
    swap: decisions.some((decision) => decision.kind === "StealPages" && decision.into === "swap"),
    compress: decisions.some((decision) => decision.kind === "StealPages" && decision.into === "compression"),
    suspend: decisions.some((decision) => decision.kind === "SuspendVm"),
  };
  return MECHANISMS.filter((mechanism) => acts[mechanism]);
}

describe("the mechanisms that act in each state differ by whose states they are", () => {
  // Oracles: C. A. Waldspurger, OSDI 2002, section 6.3; VMware, Understanding Memory Resource Management (ESX 4.1, vSphere 5);
  // D. Epping, "What happens at which vSphere memory state?", 2015. A page that compresses badly is swapped out.
  const published: readonly [MemoryStatePreset, MemoryStateName, readonly Mechanism[]][] = [
    ["esx2", "high", []],
    ["esx2", "soft", ["balloon"]],
    ["esx2", "hard", ["balloon", "swap"]],
    ["esx2", "low", ["balloon", "swap", "suspend"]],
    ["vsphere5", "high", []],
    ["vsphere5", "soft", ["balloon"]],
    ["vsphere5", "hard", ["balloon", "compress"]],
    ["vsphere5", "low", ["balloon", "compress", "suspend"]],
    ["vsphere6", "high", []],
    ["vsphere6", "clear", ["share immediately"]],
    ["vsphere6", "soft", ["share immediately", "balloon"]],
    ["vsphere6", "hard", ["share immediately", "compress"]],
    ["vsphere6", "low", ["compress", "suspend"]],
  ];

  test.each(published)("%s, %s: %j", (preset, state, mechanisms) => {
    expect(mechanismsIn(preset, state)).toEqual(mechanisms);
  });

  test("in vSphere 6 the background scan breaks large pages up below the high mark, and only there", () => {
    const broken = (free: number, memoryStatePreset: MemoryStatePreset): unknown[] => {
      const host = { memoryState: "high", memoryStatePreset } as const;
      const seen = [{ residentPages: 500 }];
      const decisions = open({ scanPeriodMs: 150_000 }).decide(observe(free, seen, "period", host));
      return decisions.flatMap((decision) => (decision.kind === "SharePages" ? [decision.breaksLargePages ?? false] : []));
    };
    expect([broken(59, "vsphere6"), broken(61, "vsphere6"), broken(59, "vsphere5")]).toEqual([[true], [false], [false]]);
  });

  test("a shortage is met as in hard, into the place of the preset unless the parameter names another", () => {
    const shortage = observe(0, EQUAL, "shortage", { memoryState: "high", memoryStatePreset: "vsphere6" });
    const placesOf = (given: object): unknown[] =>
      open({ ...given })
        .decide(shortage)
        .flatMap((decision) => (decision.kind === "StealPages" ? [decision.into] : []));
    expect(placesOf({})).toEqual(["compression", "compression"]);
    expect(placesOf({ pageOutTo: "swap" })).toEqual(["swap", "swap"]);
  });
});

describe("suspension", () => {
  const suspended: readonly Seen[] = [
    { residentPages: 490, isSuspended: true },
    { residentPages: 490, isSuspended: true },
  ];

  test("ends with the state low", () => {
    expect(tell(open().decide(observe(15, suspended))).filter((line) => line.startsWith("resume"))).toEqual(["resume 1", "resume 2"]);
    expect(tell(open().decide(observe(60, suspended)))).toEqual(["resume 1", "resume 2"]);
  });

  test("ends for a VM that is no longer above its target, while others wait", () => {
    const seen = [
      { residentPages: 300, isSuspended: true },
      { residentPages: 690, isSuspended: true },
    ];
    expect(tell(open().decide(observe(5, seen))).filter((line) => /suspend|resume/.test(line))).toEqual(["resume 1"]);
  });

  test("makes no sense when nothing can be paged out", () => {
    const full = observe(5, EQUAL, "memoryState", { swapFreePages: 0 });
    expect(tell(open().decide(full)).filter((line) => /suspend|resume/.test(line))).toEqual([]);
  });
});

describe("targets shrink", () => {
  test("in the state high a ballooned VM gets back what it is entitled to, and no balloon grows", () => {
    const seen = [{ residentPages: 300, balloonTargetPages: 700 }, { residentPages: 500 }];
    // 140 more frames are free than aimed at; the ballooned VM has less than the other, so that all are for it.
    expect(tell(open().decide(observe(200, seen)))).toEqual(["balloon 1: 560"]);
  });

  test("a ballooned VM that does not use what it is left with claims no more than it holds; who is full gets the rest", () => {
    const seen = [
      { residentPages: 100, balloonTargetPages: 600 },
      { residentPages: 400, balloonTargetPages: 600 },
    ];
    // 500 are free and 60 aimed at: 440 more for the second.
    expect(tell(open().decide(observe(500, seen)))).toEqual(["balloon 2: 160"]);
  });

  test("pages that were paged out and not touched since are not claimed", () => {
    const seen = [
      { residentPages: 100, swappedPages: 300, balloonTargetPages: 600 },
      { residentPages: 400, balloonTargetPages: 600 },
    ];
    expect(tell(open().decide(observe(500, seen)))).toEqual(["balloon 2: 160"]);
  });

  test("when claims of all fit the balloon is to be empty", () => {
    const held = { configuredPages: 900, residentPages: 300, balloonTargetPages: 600 };
    expect(tell(open().decide(observe(700, [held])))).toEqual(["balloon 1: 0"]);
  });

  test("a small change waits, unless memory is missing", () => {
    const rules = { minChangeFraction: 0.1 };
    const seen = [
      { residentPages: 450, balloonTargetPages: 550 },
      { residentPages: 450, balloonTargetPages: 550 },
    ];
    expect(tell(open(rules).decide(observe(100, seen)))).toEqual([]);
    expect(tell(open(rules).decide(observe(30, seen)))).toEqual(["balloon 1: 565", "balloon 2: 565"]);
  });
});

describe("reservation and limit", () => {
  test("a VM is left its reservation", () => {
    const seen = [{ residentPages: 490, reservationPages: 480 }, { residentPages: 490 }];
    expect(tell(open().decide(observe(30, seen)))).toEqual(["balloon 1: 520", "balloon 2: 530"]);
  });

  test("what a VM holds above its limit is taken in any state, and its balloon keeps it there", () => {
    expect(tell(open().decide(observe(600, [{ residentPages: 400, limitPages: 380 }])))).toEqual([
      "balloon 1: 620",
      "page out 1: 20 random to swap",
    ]);
  });
});

describe("a shortage", () => {
  test("is met by paging out whatever the memory state was, and suspends no VM", () => {
    const shortage = observe(0, EQUAL, "shortage", { memoryState: "high" });
    expect(tell(open().decide(shortage))).toEqual(["balloon 2: 540", "page out 1: 30 random to swap", "page out 2: 30 random to swap"]);
  });

  test("touches reservations when no VM is above its target", () => {
    const shortage = observe(0, [{ residentPages: 500, reservationPages: 500 }], "shortage");
    expect(tell(open().decide(shortage))).toEqual(["page out 1: 1 random to swap"]);
  });
});

test("with compression, pages that are paged out are compressed if they can be", () => {
  expect(tell(open({ pageOutTo: "compression" }).decide(observe(15, [{ residentPages: 980, balloon: null }])))).toEqual([
    "page out 1: 45 random to compression",
  ]);
});

describe("page sharing", () => {
  test("scans all resident pages once in its scan time, at its periods", () => {
    const instance = open({ periodMs: 15_000, scanPeriodMs: 3_600_000 });
    const seen = [{ residentPages: 500 }, { residentPages: 200 }];
    let scanned = 0;
    for (let period = 0; period < 240; period++) {
      for (const decision of instance.decide(observe(300, seen, "period"))) {
        if (decision.kind === "SharePages") scanned += decision.pages;
      }
    }
    expect(scanned).toBeGreaterThanOrEqual(699);
    expect(scanned).toBeLessThanOrEqual(700);
  });

  test("can be off", () => {
    expect(open({ pageSharing: false, scanPeriodMs: 1 }).decide(observe(300, [{ residentPages: 700 }], "period"))).toEqual([]);
  });
});
