import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Counter } from "../../memory/index.ts";
import type { Replacement } from "../../scenario/index.ts";
import { countClockMisses, countFifoMisses, countLruMisses } from "../../testing/reference-replacement.ts";
import { kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { caseCount } from "../../testing/case-count.ts";

/** Misses of a reference string in a guest with a number of real pages, on a host with ample frames. */
function countMisses(
  text: string,
  realPages: number,
  replacement: Replacement,
  referenceBitOnLoad: "set" | "clear" = "set",
  mapping: "oneLevel" | "twoLevel" = "twoLevel",
): number {
  const changes = { replacement, referenceBitOnLoad, virtualPages: 64 };
  const vm = smallVm("guest", realPages, references(text), changes);
  const host = smallHost(mapping === "oneLevel" ? realPages : realPages + 8);
  const { kernel } = runChecked(kernelInput(smallScenario(host, [vm], { mapping })));
  const { counters } = kernel.machine.vm(1);
  expect(counters[Counter.accesses]).toBe(text.split(" ").length);
  return counters[Counter.guestMinorFaults] + counters[Counter.guestMajorFaults];
}

const silberschatz = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";
const belady = "1 2 3 4 1 2 5 1 2 3 4 5";

describe.each(["oneLevel", "twoLevel"] as const)("under %s mapping", (mapping) => {
  test("the textbook's reference string with 3 frames misses 15 times by FIFO and 12 by LRU (Silberschatz, Operating System Concepts)", () => {
    expect(countMisses(silberschatz, 3, "fifo", "set", mapping)).toBe(15);
    expect(countMisses(silberschatz, 3, "lru", "set", mapping)).toBe(12);
  });

  test("CLOCK misses 14 times on it with the bit set on load, 11 times with it clear (by hand, see docs/decisions/0030)", () => {
    expect(countMisses(silberschatz, 3, "clock", "set", mapping)).toBe(14);
    expect(countMisses(silberschatz, 3, "clock", "clear", mapping)).toBe(11);
  });

  test("FIFO misses more with four frames than with three on Belady's string (Belady 1969)", () => {
    expect(countMisses(belady, 3, "fifo", "set", mapping)).toBe(9);
    expect(countMisses(belady, 4, "fifo", "set", mapping)).toBe(10);
  });
});

test("on any reference string the guest misses as often as an independent implementation over a Map", () => {
  const pages = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(pages, fc.integer({ min: 1, max: 12 }), (list, frames) => {
      const text = list.join(" ");
      expect(countMisses(text, frames, "fifo")).toBe(countFifoMisses(list, frames));
      expect(countMisses(text, frames, "lru")).toBe(countLruMisses(list, frames));
      expect(countMisses(text, frames, "clock", "clear")).toBe(countClockMisses(list, frames, "clear"));
      expect(countMisses(text, frames, "clock", "set")).toBe(countClockMisses(list, frames, "set"));
    }),
    { numRuns: caseCount(50, 1000) },
  );
});
