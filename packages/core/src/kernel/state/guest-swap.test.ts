import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewEvent } from "../../events/index.ts";
import { vmId } from "../../ids/index.ts";
import { Counter, type CounterName } from "../../memory/index.ts";
import type { Replacement, ScriptedCommand, VirtioBalloonSpec, VmSpec } from "../../scenario/index.ts";
import { HistoryChecker } from "../../testing/history-checker.ts";
import { caseCount } from "../../testing/case-count.ts";
import { countFifoMisses, countLruMisses } from "../../testing/reference-replacement.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { Workload } from "../../workload/index.ts";
import { createKernel } from "../engine/create-kernel.ts";

const REPLACEMENTS = ["fifo", "clock", "lru", "two-list"] as const satisfies readonly Replacement[];

type Happened = {
  /** Fields of each event of a name, in order. */
  readonly all: (name: string) => Record<string, number>[];
  readonly count: (name: CounterName) => number;
  readonly isOn: boolean;
  readonly balloonPages: number;
};

type Guest = Partial<VmSpec> & { readonly pages: number; readonly script?: readonly ScriptedCommand[] };

/** One guest on a host with ample frames. */
function follow(workload: Workload, { pages, script = [], ...changes }: Guest, mapping: "oneLevel" | "twoLevel" = "twoLevel"): Happened {
  const vm = smallVm("guest", pages, workload, { balloon: null, virtualPages: 4096, ...changes });
  const host = smallHost(mapping === "oneLevel" ? pages : pages + 64);
  const kernel = createKernel(kernelInput(smallScenario(host, [vm], { mapping, script })));
  const checker = new HistoryChecker();
  const events: { name: string; fields: Record<string, number> }[] = [];
  drain(kernel, 1024, (batch) => {
    checker.check(batch, kernel.machine);
    for (let i = 0; i < batch.length; i++) {
      const { type, fields } = viewEvent(batch, i, () => "");
      events.push({ name: type.name, fields: Object.fromEntries(fields.map(({ field, value }) => [field.name, value])) });
    }
  });
  expect(checker.faults).toEqual([]);
  const { counters, isOn, balloonSizePages } = kernel.machine.vm(1);
  return {
    all: (name) => events.filter((event) => event.name === name).map(({ fields }) => fields),
    count: (name) => counters[Counter[name]],
    isOn,
    balloonPages: balloonSizePages,
  };
}

const store = (pages: number): Workload => ({ kind: "sequential", firstPage: 0, pages, writeRatio: 1 });
const load = (pages: number): Workload => ({ kind: "sequential", firstPage: 0, pages, writeRatio: 0 });
const phases = (...parts: Workload[]): Workload => ({ kind: "phases", phases: parts, times: 1 });

describe.each(REPLACEMENTS)("a guest without swap, with %s", (replacement) => {
  test.each(["oneLevel", "twoLevel"] as const)(
    "runs out of memory at the store to page R of R pages under %s mapping (oracle: configured less kernel pages)",
    (mapping) => {
      const guest = { pages: 40, kernelPages: 8, replacement, swapPages: 0 };
      expect(follow(store(32), guest, mapping).isOn).toBe(true);
      const { all, count, isOn } = follow(store(33), guest, mapping);
      expect(all("GuestOutOfMemory")).toMatchObject([{ virtualPage: 32, balloonPages: 0 }]);
      expect([isOn, count("pageOuts"), count("pagesDropped")]).toEqual([false, 0, 0]);
    },
  );

  test("drops pages that were never written, as with swap (oracle: each page beyond the 32nd drives one out)", () => {
    const { count, isOn } = follow(load(100), { pages: 32, replacement, swapPages: 0 });
    expect([isOn, count("pagesDropped"), count("pageOuts")]).toEqual([true, 100 - 32, 0]);
  });

  test("gives pages of files up instead of its anonymous ones, clean and dirty", () => {
    const read: Workload = {
      kind: "readFile",
      file: "log",
      firstPage: 0,
      pages: null,
      times: 3,
      writeRatio: 0.5,
      readAheadPages: 3,
    };
    const guest = { pages: 32, replacement, swapPages: 0, swappiness: 200, files: [{ name: "log", pages: 60, image: null }] };
    const { all, count, isOn } = follow(phases(store(30), read, load(30)), guest);
    expect(isOn).toBe(true);
    // The anonymous pages are those of process 1: each came once and never left.
    expect(count("guestMinorFaults")).toBe(30);
    expect(count("pageOuts")).toBe(count("filePageOuts"));
    expect(count("filePageOuts")).toBeGreaterThan(0);
    expect(all("PageUnmapped").length).toBeGreaterThan(60);
  });

  test("has as many pages as its memory and its swap together, and no more (oracle: 32 + 5)", () => {
    const guest = { pages: 32, replacement, swapPages: 5 };
    const full = follow(store(37), guest);
    expect([full.isOn, full.count("pageOuts")]).toEqual([true, 5]);
    expect(follow(store(38), guest).all("GuestOutOfMemory")).toMatchObject([{ virtualPage: 37 }]);
  });

  test("cannot read a page back when its swap is full, for another would have to go there first", () => {
    const { all } = follow(phases(store(37), load(37)), { pages: 32, replacement, swapPages: 5 });
    expect(all("GuestOutOfMemory")).toHaveLength(1);
    expect(follow(phases(store(36), load(36)), { pages: 32, replacement, swapPages: 5 }).isOn).toBe(true);
  });

  test("swaps nothing for its balloon, which stays at what is free (oracle: 64 - 40 pages)", () => {
    const balloon: VirtioBalloonSpec = { ...VIRTIO, deflateOnOom: false };
    const script: ScriptedCommand[] = [{ atNs: 1_000_000, command: { kind: "setBalloonTarget", vm: vmId(1), pages: 50 } }];
    const { all, count, balloonPages } = follow(phases(store(40), { kind: "idle", ns: 2_000_000 }), {
      pages: 64,
      replacement,
      swapPages: 0,
      balloon,
      script,
    });
    expect([balloonPages, count("pageOuts")]).toEqual([24, 0]);
    expect(all("BalloonAllocationRefused").length).toBeGreaterThan(0);
    expect(all("BalloonAllocationRefused")[0]).toMatchObject({ missingPages: 26 });
  });
});

const VIRTIO: VirtioBalloonSpec = {
  driver: "virtio",
  notifyNs: 0,
  capFraction: 1,
  minFreePages: 0,
  batchPages: 256,
  retryNs: 200_000_000,
  deflateOnOom: true,
  oomPages: 256,
  reporting: null,
};

describe("deflating on out of memory", () => {
  const script: ScriptedCommand[] = [{ atNs: 1, command: { kind: "setBalloonTarget", vm: vmId(1), pages: 1000 } }];
  const workload = phases({ kind: "idle", ns: 100_000_000 }, store(700));

  test("saves a guest without swap, 256 pages at a time (oracle: 1,200 - 1,000 left, 500 more wanted, two times 256)", () => {
    const { all, isOn, balloonPages } = follow(workload, { pages: 1200, swapPages: 0, balloon: VIRTIO, script });
    expect(all("BalloonDeflatedOnOom").map(({ shrunkPages }) => shrunkPages)).toEqual([256, 256]);
    expect([isOn, balloonPages]).toEqual([true, 1000 - 512]);
  });

  test("left off, the guest ends at the first page that it has not (oracle: 1,200 - 1,000)", () => {
    const balloon = { ...VIRTIO, deflateOnOom: false };
    const { all } = follow(workload, { pages: 1200, swapPages: 0, balloon, script });
    expect(all("GuestOutOfMemory")).toMatchObject([{ virtualPage: 200, balloonPages: 1000 }]);
  });

  test("ends with the balloon empty and the guest out of memory if that is not enough", () => {
    const { all, balloonPages } = follow(phases({ kind: "idle", ns: 100_000_000 }, store(1300)), {
      pages: 1200,
      swapPages: 0,
      balloon: VIRTIO,
      script,
    });
    expect(all("BalloonDeflatedOnOom").map(({ shrunkPages }) => shrunkPages)).toEqual([256, 256, 256, 1000 - 3 * 256]);
    expect(all("GuestOutOfMemory")).toMatchObject([{ virtualPage: 1200, balloonPages: 0 }]);
    expect(balloonPages).toBe(0);
  });
});

describe("which pages go when the swap has no place (by hand)", () => {
  const victims = (text: string, replacement: Replacement, referenceBitOnLoad: "set" | "clear" = "clear"): number[] => {
    const { all } = follow(references(text), { pages: 4, replacement, referenceBitOnLoad, swapPages: 0 });
    return all("PageUnmapped").map(({ virtualPage }) => virtualPage);
  };

  test("fifo takes the oldest that was not written", () => {
    expect(victims("w0 1 w2 3 4 0 1 5", "fifo")).toEqual([1, 3, 4]);
  });

  test("lru takes the one of these whose last access is longest ago", () => {
    expect(victims("w0 1 w2 3 1 4 1 5", "lru")).toEqual([3, 4]);
  });

  test("clock's hand passes those that were written, and comes round to them again", () => {
    // Frames 0 1 2 3, hand at 0, bits clear: it passes 0 and takes 1; 4 is behind the hand. It passes 2 and takes 3.
    expect(victims("w0 1 w2 3 4 5", "clock")).toEqual([1, 3]);
    // The second access to 1 sets its bit: the hand takes it away at the first pass, so that 3 goes first.
    expect(victims("w0 1 w2 3 1 4 5", "clock")).toEqual([3, 1]);
  });
});

test("swap that never is full changes no miss (oracle: independent implementations over a Map)", () => {
  const string = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(string, fc.integer({ min: 1, max: 12 }), (list, pages) => {
      const stores = references(list.map((page) => `w${page}`).join(" "));
      for (const [replacement, countMisses] of [
        ["fifo", countFifoMisses],
        ["lru", countLruMisses],
      ] as const) {
        const { count } = follow(stores, { pages, replacement, swapPages: 16 });
        expect(count("guestMinorFaults") + count("guestMajorFaults")).toBe(countMisses(list, pages));
        // Every page that leaves was written, or read back from a place that it gave up.
        expect(count("pagesDropped")).toBe(0);
      }
    }),
    { numRuns: caseCount(10, 250) },
  );
});

test("a process that exits leaves its places in the swap to others (oracle: 6 of 8 pages fit into memory, then 6 again)", () => {
  const [first] = smallVm("guest", 4, store(6), { virtualPages: 6 }).processes;
  const [second] = smallVm("guest", 4, phases({ kind: "idle", ns: 1_000_000_000 }, store(6)), { virtualPages: 6 }).processes;
  const processes = [{ ...first, name: "first", atEnd: "exit" as const }, second];
  expect(follow(store(6), { pages: 4, swapPages: 2, processes }).isOn).toBe(true);
  expect(follow(store(6), { pages: 4, swapPages: 2, processes: [{ ...first, name: "first" }, second] }).isOn).toBe(false);
});

test("with watermarks the min pages are out of reach, and the guest ends before them (oracle: 64 - 4)", () => {
  const watermarks = { minPages: 4, lowPages: 8, highPages: 12 };
  const { all, count } = follow(store(64), { pages: 64, swapPages: 0, watermarks });
  expect(all("GuestOutOfMemory")).toMatchObject([{ virtualPage: 60 }]);
  expect(count("directReclaims")).toBe(0);
});
