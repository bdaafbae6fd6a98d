import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessedBetween, add, grow, oldest, proportional, sumFrom } from "./age-histogram.ts";

/** Pages by age, counted one by one; ages beyond the last are in the last. */
function histogramOf(ages: readonly number[], entries: number): number[] {
  const counts = Array.from({ length: entries }, () => 0);
  for (const age of ages) {
    const entry = Math.min(age, entries - 1);
    counts[entry] = (counts[entry] ?? 0) + 1;
  }
  return counts;
}

describe("what was accessed between two scans", () => {
  test("is what pages tell one by one; those of the last two ages count together (oracle: each page's own age)", () => {
    const page = fc.record({ age: fc.nat(9), isAccessed: fc.boolean() });
    fc.assert(
      fc.property(fc.array(page, { maxLength: 60 }), fc.integer({ min: 2, max: 12 }), (pages, entries) => {
        const before = histogramOf(
          pages.map(({ age }) => age),
          entries,
        );
        const after = histogramOf(
          pages.map(({ age, isAccessed }) => (isAccessed ? 0 : age + 1)),
          entries,
        );
        const accessed = histogramOf(
          pages.filter(({ isAccessed }) => isAccessed).map(({ age }) => age),
          entries,
        );
        const last = entries - 1;
        const expected = accessed.map((count, age) => (age === last ? count + (accessed[last - 1] ?? 0) : age + 1 === last ? 0 : count));
        expect(accessedBetween(before, after)).toEqual(expected);
      }),
    );
  });

  test("is never less than nothing, if pages came from elsewhere", () => {
    expect(accessedBetween([10, 0, 0, 0], [0, 25, 3, 1])).toEqual([0, 0, 0, 0]);
  });
});

test("pages without an access grow older, and stay in the last entry", () => {
  expect(grow([5, 4, 3])).toEqual([0, 5, 7]);
  expect([grow([]), grow([3])]).toEqual([[], [3]]);
});

test("oldest first, or in proportion, as many pages as asked for and no more than there are", () => {
  expect(oldest([5, 4, 3], 5)).toEqual([0, 2, 3]);
  expect(oldest([5, 4, 3], 99)).toEqual([5, 4, 3]);
  expect(proportional([5, 4, 1], 5)).toEqual([2.5, 2, 0.5]);
  expect(proportional([5, 4, 1], 99)).toEqual([5, 4, 1]);
  expect([sumFrom(proportional([5, 4, 1], -3), 0), sumFrom(proportional([0, 0], 3), 0)]).toEqual([0, 0]);
});

test("histograms of different lengths add up, what one of them has not counting as none (oracle: by hand)", () => {
  expect(add([1, 2, 3], [1])).toEqual([2, 2, 3]);
  expect(add([1], [1, 2, 3])).toEqual([2, 2, 3]);
});
