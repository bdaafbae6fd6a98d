import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Prng } from "../prng/index.ts";
import { caseCount } from "../testing/case-count.ts";
import { countLruMisses } from "../testing/reference-replacement.ts";
import { exactMissRatioCurve, FIRST_TOUCH, StackDistances } from "./index.ts";

/** As written in the definition: a list with the last touched page in front. */
function plainDistances(pages: readonly number[]): number[] {
  const stack: number[] = [];
  return pages.map((page) => {
    const depth = stack.indexOf(page);
    if (depth >= 0) stack.splice(depth, 1);
    stack.unshift(page);
    return depth < 0 ? FIRST_TOUCH : depth + 1;
  });
}

function distancesOf(pages: readonly number[], stack = new StackDistances()): number[] {
  return pages.map((page) => stack.touch(page));
}

describe("reuse distances", () => {
  // By hand: a b c b b a has b behind c, b again, a behind b and c.
  test("of a short sequence, by hand", () => {
    expect(distancesOf([0, 1, 2, 1, 1, 0])).toEqual([FIRST_TOUCH, FIRST_TOUCH, FIRST_TOUCH, 2, 1, 3]);
  });

  test("of any sequence are the depths in a plain list", () => {
    const pages = fc.array(fc.oneof(fc.nat(20), fc.nat(5000)), { maxLength: 400 });
    fc.assert(
      fc.property(pages, (list) => {
        expect(distancesOf(list)).toEqual(plainDistances(list));
      }),
    );
  });

  test("stay so when the row of slots has been moved together many times, few pages or many", () => {
    const prng = Prng.named(1, "reuse");
    for (const max of [3, 700, 3000]) {
      const list = Array.from({ length: 9000 }, () => prng.nextBelow(max));
      expect(distancesOf(list)).toEqual(plainDistances(list));
    }
  });

  test("continue from their saved order, at any point, as if uninterrupted", () => {
    const pages = fc.array(fc.nat(30), { maxLength: 200 });
    fc.assert(
      fc.property(pages, pages, (before, after) => {
        const stack = new StackDistances();
        distancesOf(before, stack);
        const restored = StackDistances.of(stack.order());
        expect(restored.size).toBe(stack.size);
        expect(distancesOf(after, restored)).toEqual(distancesOf(after, stack));
      }),
    );
  });

  test("do not count a page that was forgotten", () => {
    const pages = fc.array(fc.nat(12), { maxLength: 100 });
    fc.assert(
      fc.property(pages, fc.nat(12), pages, (before, gone, after) => {
        const stack = new StackDistances();
        distancesOf(before, stack);
        stack.forget(gone);
        const kept = before.filter((page) => page !== gone);
        expect(distancesOf(after, stack)).toEqual(plainDistances([...kept, ...after]).slice(kept.length));
      }),
    );
  });
});

describe("the exact miss ratio curve", () => {
  test("has for every size the misses that an LRU of that size makes", () => {
    const pages = fc.array(fc.nat(20), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(pages, fc.integer({ min: 1, max: 4 }), (list, stepPages) => {
        const { missRatios, accesses } = exactMissRatioCurve(list, stepPages, 24);
        expect(accesses).toBe(list.length);
        missRatios.forEach((ratio, step) => {
          expect(ratio * list.length).toBeCloseTo(countLruMisses(list, (step + 1) * stepPages), 6);
        });
      }),
      { numRuns: caseCount(10, 250) },
    );
  });

  // Oracle: LRU keeps nothing of a scan that is longer than its memory, and all of one that is not.
  test("of a cyclic scan falls from 1 to its first touches at the scan's length", () => {
    const [pages, rounds] = [100, 50];
    const scan = Array.from({ length: pages * rounds }, (_, at) => at % pages);
    const { missRatios } = exactMissRatioCurve(scan, 1, 120);
    expect(missRatios.slice(0, 99).every((ratio) => ratio === 1)).toBe(true);
    expect(missRatios.slice(99).every((ratio) => ratio === 1 / rounds)).toBe(true);
  });

  test("of nothing is level at zero", () => {
    expect(exactMissRatioCurve([], 10, 3)).toEqual({ stepPages: 10, missRatios: [0, 0, 0], accesses: 0 });
  });
});
