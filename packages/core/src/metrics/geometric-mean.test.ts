import fc from "fast-check";
import { expect, test } from "vitest";
import { geometricMean } from "./geometric-mean.ts";

test("the geometric mean is that by logarithms, also where the product would overflow or vanish; oracle: Math.exp and Math.log", () => {
  const values = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, (given) => {
      const expected = Math.exp(given.reduce((sum, value) => sum + Math.log(value), 0) / given.length);
      expect(geometricMean(given) / expected).toBeCloseTo(1, 9);
    }),
  );
});

test("numbers that are all 1 have the mean 1, and a single one is its own, to the bit", () => {
  expect([geometricMean([1, 1, 1]), geometricMean([0.3]), geometricMean([4, 4])]).toEqual([1, 0.3, 4]);
});
