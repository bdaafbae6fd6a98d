import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventCode } from "../../../events/index.ts";
import { processId, virtualPage, vmId } from "../../../ids/index.ts";
import { Counter, type VmTables } from "../../../memory/index.ts";
import type { ProcessSpec, VmSpec } from "../../../scenario/index.ts";
import { ReferenceTwoList, type TwoListAccess } from "../../../testing/reference-two-list.ts";
import { kernelInput } from "../../../testing/run-to-end.ts";
import { smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { createKernel, restoreKernel } from "../../engine/create-kernel.ts";
import type { Kernel, KernelInput } from "../../engine/kernel-contract.ts";
import { inactiveRatio } from "../../../replacement/index.ts";
import { caseCount } from "../../../testing/case-count.ts";

/** The guest that is touched by hand has two processes and a file: their kinds of pages, by their number. */
const KINDS = ["anonymous", "mapped", "cached"] as const;

function processOf(kind: (typeof KINDS)[number], virtualPages: number): ProcessSpec {
  const backing = kind === "anonymous" ? "anonymous" : "file";
  return {
    name: kind,
    virtualPages,
    backing,
    accessNs: 100,
    atEnd: "keep",
    image: null,
    compressedFraction: 0.4,
    pageNames: {},
    workload: { kind: "interactive" },
  };
}

/** A guest under two-list that does what commands ask for. */
class TouchedGuest {
  kernel: Kernel;
  private readonly input: KernelInput;
  readonly misses: string[] = [];
  readonly activatedRefaults: string[] = [];
  readonly evictions: string[] = [];

  constructor(frames: number, swappiness: number, virtualPages: number, changes: Partial<VmSpec> = {}) {
    const processes = [processOf("anonymous", virtualPages), processOf("mapped", virtualPages)];
    const files = [{ name: "cached", pages: virtualPages, image: null }];
    const given: Partial<VmSpec> = { replacement: "two-list", swappiness, processes, files, ...changes };
    const vm = smallVm("guest", frames, { kind: "interactive" }, given);
    this.input = kernelInput(smallScenario(smallHost(frames), [vm]));
    this.kernel = createKernel(this.input);
  }

  /** Continues with another kernel, made from a snapshot of this one. */
  resume(): void {
    this.kernel = restoreKernel(this.input, this.kernel.save());
  }

  get memory(): VmTables {
    return this.kernel.machine.vm(1);
  }

  touch(kind: (typeof KINDS)[number], page: number, isStore = false): void {
    const process = processId(KINDS.indexOf(kind) + 1);
    this.kernel.command({ kind: "touchPage", vm: vmId(1), process, virtualPage: virtualPage(page), write: isStore });
    const batch = this.kernel.takeBatch();
    for (let i = 0; i < batch.length; i++) {
      const name = nameOf(KINDS[batch.processes[i] - 1], batch.a[i]);
      if (batch.types[i] === EventCode.PageMissed) this.misses.push(name);
      else if (batch.types[i] === EventCode.RefaultActivated) this.activatedRefaults.push(name);
      else if (batch.types[i] === EventCode.PageUnmapped) this.evictions.push(name);
    }
  }
}

function nameOf(kind: string | undefined, page: number): string {
  return `${kind ?? "host"} ${page}`;
}

const accessArbitrary = fc.record({
  kind: fc.constantFrom(...KINDS),
  page: fc.integer({ min: 0, max: 11 }),
  isStore: fc.boolean(),
});

test("on any accesses to anonymous, mapped and cached pages two-list misses, evicts and activates as an independent implementation over arrays", () => {
  fc.assert(
    fc.property(
      fc.array(accessArbitrary, { minLength: 1, maxLength: 150 }),
      fc.integer({ min: 1, max: 16 }),
      fc.constantFrom(0, 60, 100, 200),
      (accesses, frames, swappiness) => {
        const guest = new TouchedGuest(frames, swappiness, 12);
        const reference = new ReferenceTwoList(frames, swappiness);
        for (const { kind, page, isStore } of accesses) {
          guest.touch(kind, page, isStore);
          const access: TwoListAccess = { page: nameOf(kind, page), kind, isStore };
          reference.access(access);
        }
        expect(guest.evictions).toEqual(reference.evictions);
        expect(guest.activatedRefaults).toEqual(reference.activatedRefaults);
        expect(guest.misses).toEqual(reference.misses);
        expect(guest.memory.counters[Counter.refaultsActivated]).toBe(reference.activatedRefaults.length);
      },
    ),
    { numRuns: caseCount(30, 1500) },
  );
});

describe("by hand, after Linux's rules", () => {
  test("a page used once goes before one used again after it was looked at", () => {
    const guest = new TouchedGuest(3, 60, 12);
    for (const page of [0, 1, 2]) guest.touch("anonymous", page);
    // The search for room for 3 clears the bits of 0, 1 and 2, and takes 0. Page 1, used again, is active by then.
    guest.touch("anonymous", 3);
    guest.touch("anonymous", 1);
    guest.touch("anonymous", 4);
    expect(guest.evictions).toEqual(["anonymous 0", "anonymous 2"]);
  });

  test("a page of a file read twice through the cache is active immediately, one read once is evicted first", () => {
    const guest = new TouchedGuest(3, 60, 12);
    for (const page of [0, 0, 1, 2, 3, 4]) guest.touch("cached", page);
    expect(guest.evictions).toEqual(["cached 1", "cached 2"]);
  });

  test("a clean page of a file goes before a dirty one that is older", () => {
    const guest = new TouchedGuest(3, 60, 12, { referenceBitOnLoad: "clear" });
    guest.touch("mapped", 0, true);
    guest.touch("mapped", 1);
    guest.touch("mapped", 2);
    guest.touch("mapped", 3);
    expect(guest.evictions).toEqual(["mapped 1"]);
    expect(guest.memory.counters[Counter.pageOuts]).toBe(0);
  });

  test("pages of files that are read once leave anonymous memory alone, at any swappiness", () => {
    for (const swappiness of [0, 60, 200]) {
      const guest = new TouchedGuest(8, swappiness, 40);
      for (let page = 0; page < 4; page++) guest.touch("anonymous", page, true);
      for (let page = 0; page < 40; page++) guest.touch("mapped", page);
      expect(guest.memory.process(1).mappedPages).toBe(4);
    }
  });

  test("with no swappiness anonymous pages stay while there is any page of a file", () => {
    const guest = new TouchedGuest(6, 0, 40);
    for (let page = 0; page < 5; page++) guest.touch("anonymous", page, true);
    for (let round = 0; round < 10; round++) for (const page of [0, 1]) guest.touch("mapped", page);
    expect(guest.memory.process(1).mappedPages).toBe(5);
  });
});

describe("the working set, as the comment at the head of Linux's mm/workingset.c tells it", () => {
  const workingSet = Array.from({ length: 16 }, (_, index) => index);
  const [firstScanned, endScanned] = [100, 300];

  /** Uses the working set often, until it is active, then once for each round of a scan three times as long as memory. */
  function missesOfWorkingSet(replacement: VmSpec["replacement"]): number {
    const guest = new TouchedGuest(64, 60, endScanned, { replacement });
    const use = (): void => workingSet.forEach((page) => guest.touch("mapped", page));
    const scan = (between: () => void): void => {
      for (let page = firstScanned; page < endScanned; page++) {
        guest.touch("mapped", page);
        between();
      }
    };
    scan(use);
    const before = guest.misses.length;
    for (let round = 0; round < 5; round++) {
      scan(() => {});
      use();
    }
    const scanned = 5 * (endScanned - firstScanned);
    return guest.misses.length - before - scanned;
  }

  test("a scan longer than memory, again and again, does not drive it out; oracle: lru and clock lose all of it each round", () => {
    expect(missesOfWorkingSet("two-list")).toBe(0);
    expect(missesOfWorkingSet("lru")).toBe(5 * workingSet.length);
    expect(missesOfWorkingSet("clock")).toBe(5 * workingSet.length);
  });

  test("a new one that fits into memory, not beside the old one, takes over by its refault distances", () => {
    const guest = new TouchedGuest(64, 60, 200);
    const use = (first: number): void => {
      for (let page = first; page < first + 40; page++) guest.touch("mapped", page);
    };
    for (let round = 0; round < 12; round++) use(0);
    for (let page = 100; page < 200; page++) {
      guest.touch("mapped", page);
      if (page % 20 === 0) use(0);
    }
    for (let round = 0; round < 12; round++) use(50);
    const before = guest.misses.length;
    use(50);
    expect(guest.misses.length - before).toBe(0);
    expect(guest.activatedRefaults.length).toBeGreaterThan(0);
  });
});

test("a snapshot of two-list in the middle holds all that its future depends on", () => {
  fc.assert(
    fc.property(fc.array(accessArbitrary, { minLength: 2, maxLength: 120 }), fc.integer({ min: 2, max: 10 }), (accesses, frames) => {
      const whole = new TouchedGuest(frames, 60, 12);
      const cut = new TouchedGuest(frames, 60, 12);
      accesses.forEach(({ kind, page, isStore }, index) => {
        if (index === Math.floor(accesses.length / 2)) cut.resume();
        whole.touch(kind, page, isStore);
        cut.touch(kind, page, isStore);
      });
      expect(cut.evictions).toEqual(whole.evictions);
      expect(cut.activatedRefaults).toEqual(whole.activatedRefaults);
    }),
    { numRuns: caseCount(10, 500) },
  );
});

test("the active list may be longer in large memory; oracle: the table above inactive_is_low in Linux's mm/vmscan.c", () => {
  const pagesPerMib = 256;
  const table = [
    [10, 1],
    [100, 1],
    [1024, 3],
    [10 * 1024, 10],
    [100 * 1024, 31],
    [1024 * 1024, 101],
    [10 * 1024 * 1024, 320],
  ] as const;
  for (const [mib, ratio] of table) expect(inactiveRatio(mib * pagesPerMib), `${mib} MiB`).toBe(ratio);
});
