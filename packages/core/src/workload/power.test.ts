import { describe, expect, test } from "vitest";
import { exponential, naturalLog, power } from "./power.ts";

/** Oracle: the C library behind Math, which is correct to a few units in the last place. */
describe("powers from the four basic operations", () => {
  test.each([1, 1.5, 2, 3, 10, 12_345.678, 2 ** 28, 1e-9])("the logarithm of %d is that of the C library", (value) => {
    expect(naturalLog(value)).toBeCloseTo(Math.log(value), 13);
  });

  test.each([0, 1, -1, 0.3466, -20.5, 40])("e to the power of %d is that of the C library", (value) => {
    expect(exponential(value) / Math.exp(value)).toBeCloseTo(1, 13);
  });

  test("powers as zipf needs them are within 1e-13 of the C library's", () => {
    for (const exponent of [0.2, 0.7, 0.99, 1, 1.2, 3]) {
      for (const rank of [1, 2, 3, 7, 1000, 65_537, 2 ** 28]) {
        const expected = Math.pow(rank, -exponent);
        expect(Math.abs(power(rank, -exponent) / expected - 1)).toBeLessThan(1e-13);
      }
    }
  });

  test("the bits of a power are these on every machine", () => {
    const bits = (value: number): bigint => new BigUint64Array(new Float64Array([value]).buffer)[0];
    // Oracle: the same steps in Python's doubles; IEEE 754 allows + - * / no other result.
    expect([power(3, -0.99), power(1_000_003, -1.2), power(7, -0.5)].map((value) => bits(value).toString(16))).toEqual([
      "3fd591a9ba622d6e",
      "3e70efe3e72f0107",
      "3fd83091e6a7f7e7",
    ]);
  });
});
