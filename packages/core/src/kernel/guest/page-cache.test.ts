import { describe, expect, test } from "vitest";
import { Counter, type CounterName, faultsOf, type VmTables } from "../../memory/index.ts";
import { plainDevice, type ProcessSpec, type Replacement, type VmSpec } from "../../scenario/index.ts";
import { kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { WorkloadOf, Workload } from "../../workload/index.ts";

const READ_NS = 100_000;

function reads(changes: Partial<WorkloadOf<"readFile">> = {}): Workload {
  return { kind: "readFile", file: "data", firstPage: 0, pages: null, times: 1, writeRatio: 0, readAheadPages: 0, ...changes };
}

function processOf(name: string, workload: Workload, virtualPages = 1): ProcessSpec {
  return {
    name,
    virtualPages,
    backing: "anonymous",
    accessNs: 100,
    image: null,
    compressedFraction: 0.4,
    atEnd: "keep",
    pageNames: {},
    workload,
  };
}

/** A guest with a file of a number of pages, on a host with ample memory, after all its work. Contents are checked. */
function guestAfter(
  realPages: number,
  filePages: number,
  processes: readonly ProcessSpec[],
  changes: Partial<VmSpec> = {},
): { memory: VmTables; count: (name: CounterName) => number; timeNs: number } {
  const files = [{ name: "data", pages: filePages, image: null }];
  const disk = plainDevice(READ_NS, READ_NS);
  const vm = smallVm("guest", realPages, references(""), { processes, files, disk, balloon: null, ...changes });
  const { kernel } = runChecked(kernelInput(smallScenario(smallHost(realPages + 8), [vm])), 1024);
  const memory = kernel.machine.vm(1);
  return { memory, count: (name) => memory.counters[Counter[name]], timeNs: kernel.timeNs };
}

const inOrder = (pages: number, isStore: boolean): string[] => Array.from({ length: pages }, (_, page) => `${isStore ? "w" : ""}${page}`);

describe("a file read in order", () => {
  test("comes into the cache once, and is then there for every process; oracle: its size", () => {
    const { count, memory } = guestAfter(40, 32, [processOf("first", reads({ times: 3 })), processOf("second", reads())]);
    expect([count("filePageIns"), count("guestMajorFaults"), count("pagesDropped")]).toEqual([32, 32, 0]);
    expect(memory.process(3)).toMatchObject({ isCache: true, mappedPages: 32 });
    expect(memory.process(1).mappedPages).toBe(0);
  });

  test("has a fault for each of its pages, asked for or read ahead: one number under every name; oracle: its size", () => {
    const { count, memory } = guestAfter(40, 32, [processOf("first", reads({ readAheadPages: 8 }))]);
    expect(count("pagesReadAhead")).toBeGreaterThan(0);
    expect(count("guestMajorFaults") + count("pagesReadAhead")).toBe(32);
    expect([count("faults"), faultsOf(memory.counters)]).toEqual([32, 32]);
  });

  test.each<[Replacement, number]>([
    ["fifo", 0],
    ["clock", 0],
    ["lru", 0],
    ["two-list", 16],
  ])("and larger than memory pushes anonymous pages out under %s: of 16 stay %d; oracle: the rules", (replacement, staying) => {
    const workload: Workload = { kind: "phases", phases: [references(inOrder(16, true).join(" ")), reads()], times: 1 };
    const { count, memory } = guestAfter(32, 200, [processOf("both", workload, 16)], { replacement });
    expect(memory.process(1).mappedPages).toBe(staying);
    expect(count("pageOuts")).toBe(16 - staying);
    expect(count("filePageOuts")).toBe(0);
    expect(memory.process(2).mappedPages).toBe(32 - staying);
  });

  test("and written goes back to the file when it is evicted, clean pages are dropped; oracle: counted by hand", () => {
    const written = guestAfter(8, 20, [processOf("writer", reads({ writeRatio: 1, times: 2 }))]);
    expect([written.count("filePageOuts"), written.count("pagesDropped")]).toEqual([2 * 20 - 8, 0]);
    const read = guestAfter(8, 20, [processOf("reader", reads({ times: 2 }))]);
    expect([read.count("pageOuts"), read.count("pagesDropped")]).toEqual([0, 2 * 20 - 8]);
  });

  test("may be read in part, from any page on", () => {
    const { count, memory } = guestAfter(40, 32, [processOf("part", reads({ firstPage: 30 }))]);
    expect(count("filePageIns")).toBe(2);
    expect([29, 30, 31].map((page) => memory.process(2).pageTable[page] >= 0)).toEqual([false, true, true]);
  });
});

describe("read-ahead", () => {
  test("makes one request of the read-ahead's size; oracle: requests and waits counted by hand", () => {
    const alone = guestAfter(80, 64, [processOf("reader", reads())]);
    const ahead = guestAfter(80, 64, [processOf("reader", reads({ readAheadPages: 7 }))]);
    expect([alone.count("guestMajorFaults"), alone.count("pagesReadAhead")]).toEqual([64, 0]);
    expect([ahead.count("guestMajorFaults"), ahead.count("pagesReadAhead")]).toEqual([8, 56]);
    expect(ahead.count("filePageIns")).toBe(64);
    expect(alone.count("waitNs")).toBe(64 * READ_NS);
    expect(ahead.count("waitNs")).toBe(8 * READ_NS);
  });

  test("ends with the file, and before a page that is cached already", () => {
    const twice: Workload = { kind: "phases", phases: [reads({ firstPage: 3, pages: 1 }), reads({ readAheadPages: 31 })], times: 1 };
    const { count } = guestAfter(40, 10, [processOf("reader", twice)]);
    // Page 3, then 0 with 1 and 2, then 4 with 5 to 9.
    expect([count("guestMajorFaults"), count("pagesReadAhead")]).toEqual([3, 7]);
  });

  test("takes what a device with a bandwidth needs for all its pages; oracle: latency or transfer, whichever is longer", () => {
    const bandwidthBytesPerS = 40_960_000;
    const disk = { ...plainDevice(READ_NS, READ_NS), bandwidthBytesPerS };
    const { count } = guestAfter(80, 64, [processOf("reader", reads({ readAheadPages: 31 }))], { disk });
    // 4096 bytes at 40.96 MB/s are 100 us a page.
    expect(count("waitNs")).toBe(2 * 32 * 100_000);
  });

  test("brings pages that clock has not seen used: they go before one that was, though they came later", () => {
    const first: Workload = {
      kind: "phases",
      phases: [references("w0"), reads({ pages: 1, readAheadPages: 2 }), references("w1")],
      times: 1,
    };
    const { memory } = guestAfter(4, 10, [processOf("reader", first, 2)], { replacement: "clock" });
    // Room for page 1 of the process: pages 0 of both were accessed and lose their bits, file page 1 has none.
    expect([0, 1, 2].map((page) => memory.process(2).pageTable[page] >= 0)).toEqual([true, false, true]);
    expect(memory.process(1).mappedPages).toBe(2);
  });

  test("makes do with less room than it would like", () => {
    const { count } = guestAfter(4, 64, [processOf("reader", reads({ readAheadPages: 31 }))]);
    expect(count("guestOutOfMemory")).toBe(0);
  });
});
