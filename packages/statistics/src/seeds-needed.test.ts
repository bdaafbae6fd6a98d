import { expect, test } from "vitest";
import { seedsNeeded } from "./seeds-needed.ts";

/** The oracle is the exact power of the paired t test, by the noncentral t distribution of scipy 1.17 (Cohen, 1988, prints the first three). */
test.each([
  [0.5, 0.05, 34],
  [0.8, 0.05, 15],
  [0.2, 0.05, 199],
  [1.5, 0.05, 6],
  [0.5, 0.005, 58],
  [0.1, 0.05, 787],
])("a difference of %f standard deviations at the level %f needs about %i seeds", (distance, level, exact) => {
  expect(Math.abs((seedsNeeded({ deviation: 1, distance }, level, 2) ?? 0) - exact)).toBeLessThanOrEqual(1);
});

test("more than 1,000 seeds are not advised, and no fewer than one more than there are", () => {
  expect(seedsNeeded({ deviation: 1, distance: 0.05 }, 0.05, 10)).toBeNull();
  expect(seedsNeeded({ deviation: 1, distance: 5 }, 0.05, 10)).toBe(11);
  expect(seedsNeeded({ deviation: 1, distance: 5 }, 0.05, 1000)).toBeNull();
});
