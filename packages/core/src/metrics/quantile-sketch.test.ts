import fc from "fast-check";
import { expect, test } from "vitest";
import { caseCount } from "../testing/case-count.ts";
import { EXACT_VALUES, QuantileSketch, RELATIVE_ERROR } from "./quantile-sketch.ts";

const PERCENTS = [1, 25, 50, 75, 90, 95, 99, 100];

/** Whole numbers of every magnitude, so that small and huge ones are as likely. */
const wholeNumber = fc.tuple(fc.integer({ min: 0, max: 52 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
const values = (maxLength: number): fc.Arbitrary<number[]> =>
  fc.array(
    wholeNumber.map(([bits, part]) => Math.floor((2 ** bits + part * 2 ** bits) / 4)),
    { minLength: 1, maxLength, size: "max" },
  );

function sketchOf(given: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of given) sketch.add(value);
  return sketch;
}

/** The nearest rank, by definition. */
function exactPercentile(given: readonly number[], percent: number): number {
  const sorted = given.toSorted((left, right) => left - right);
  return sorted.find((value) => 100 * given.filter((other) => other <= value).length >= percent * given.length)!;
}

test("percentiles of few values are exact; oracle: the definition of the nearest rank", () => {
  fc.assert(
    fc.property(values(60), (given) => {
      const sketch = sketchOf(given);
      expect(PERCENTS.map((percent) => sketch.percentile(percent))).toEqual(PERCENTS.map((percent) => exactPercentile(given, percent)));
    }),
    { numRuns: caseCount(30, 500) },
  );
});

test("percentiles of many values have at most the stated relative error; oracle: the sorted values", () => {
  fc.assert(
    fc.property(values(3 * EXACT_VALUES), (given) => {
      fc.pre(given.length > EXACT_VALUES);
      const [sketch, sorted] = [sketchOf(given), given.toSorted((left, right) => left - right)];
      for (const percent of PERCENTS) {
        const exact = sorted[Math.ceil((percent * given.length) / 100) - 1];
        expect(Math.abs(sketch.percentile(percent)! - exact)).toBeLessThanOrEqual(exact * RELATIVE_ERROR);
      }
      expect(sketch.max).toBe(sorted.at(-1));
    }),
    { numRuns: caseCount(20, 300) },
  );
});

test("merging is associative and commutative, and gives what adding gives; oracle: the sketch of all values", () => {
  const parts = fc.array(values(2 * EXACT_VALUES), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(parts, ([first, second, third]) => {
      const merged = (...given: readonly QuantileSketch[]): QuantileSketch => {
        const all = new QuantileSketch();
        for (const each of given) all.merge(each);
        return all;
      };
      const [a, b, c] = [sketchOf(first), sketchOf(second), sketchOf(third)];
      const together = sketchOf([...first, ...second, ...third]).save();
      // Sums of such numbers exceed 2^53, so that their rounding depends on the order.
      const withoutSum = (sketch: QuantileSketch): object => ({ ...sketch.save(), sum: 0 });
      for (const sketch of [merged(merged(a, b), c), merged(a, merged(b, c)), merged(c, b, a)]) {
        expect(withoutSum(sketch)).toEqual({ ...together, sum: 0 });
      }
    }),
    { numRuns: caseCount(15, 200) },
  );
});

test("a sketch continues equally from what it saved as JSON, below and beyond the exact values", () => {
  for (const count of [3, EXACT_VALUES, EXACT_VALUES + 1]) {
    const sketch = sketchOf(Array.from({ length: count }, (_, index) => index * 1000));
    const restored = QuantileSketch.restore(JSON.parse(JSON.stringify(sketch.save())) as ReturnType<QuantileSketch["save"]>);
    for (const each of [sketch, restored]) for (let value = 0; value < EXACT_VALUES; value++) each.add(value * 777);
    expect(restored.save()).toEqual(sketch.save());
    expect([restored.count, restored.sum]).toEqual([sketch.count, sketch.sum]);
  }
});

test("a sketch of nothing has no percentile, and a number that is not whole is refused", () => {
  expect([new QuantileSketch().percentile(50), new QuantileSketch().max]).toEqual([null, 0]);
  for (const value of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => new QuantileSketch().add(value)).toThrow("whole numbers");
});
