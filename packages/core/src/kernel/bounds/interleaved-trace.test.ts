import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minMisses } from "../../replacement/index.ts";
import { InterleavedTrace } from "./interleaved-trace.ts";

function traceOf(pages: readonly number[], maxPages: number): InterleavedTrace {
  const trace = new InterleavedTrace(maxPages);
  for (const page of pages) trace.add(page);
  return trace;
}

describe("the interleaved trace of a run", () => {
  test("leaves out the same page again, and nothing else, as long as it is short", () => {
    expect([...traceOf([3, 3, 1, 3, 1, 1, 1, 2], 100).kept]).toEqual([3, 1, 3, 1, 2]);
  });

  // Oracle: MIN on all references. A page accessed twice in a row is there the second time, whatever is evicted.
  test("a short one bounds exactly as all references do", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 7 }), (pages, frames) => {
        expect(minMisses(traceOf(pages, 1000).kept, frames)).toBe(minMisses(Int32Array.from(pages), frames));
      }),
    );
  });

  test("a long one leaves out returns to the last eight pages, by hand", () => {
    // The ninth page kept is one too many for eight: returns go, from the beginning on.
    const pages = [0, 1, 0, 1, 2, 0, 3, 4, 5, 6, 7, 8, 1, 0];
    expect([...traceOf(pages, 8).kept]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...traceOf(pages, 100).kept]).toEqual(pages);
  });

  test("a long one never bounds higher than all references do", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 40, maxLength: 300 }), fc.integer({ min: 1, max: 20 }), (pages, frames) => {
        const trace = traceOf(pages, 30);
        if (trace.isTooLong) return;
        expect(minMisses(trace.kept, frames)).toBeLessThanOrEqual(minMisses(Int32Array.from(pages), frames));
      }),
    );
  });

  test("one that stays too long says so", () => {
    expect(traceOf([...Array(100).keys()], 30).isTooLong).toBe(true);
  });
});
