import { describe, expect, test } from "vitest";
import { exponentialLessOne, logarithm, tQuantile, tTails } from "./special-functions.ts";

/** The oracle is the table of Student's t that textbooks print: two-sided 95 %, three decimals. */
const PRINTED = [
  [1, 12.706],
  [2, 4.303],
  [4, 2.776],
  [9, 2.262],
  [19, 2.093],
  [29, 2.045],
] as const;

describe("Student's t", () => {
  test.each(PRINTED)("has the printed quantile with %i degrees of freedom, and 5 %% beyond it", (degrees, printed) => {
    expect(tQuantile(0.975, degrees)).toBeCloseTo(printed, 3);
    expect(tTails(tQuantile(0.975, degrees), degrees)).toBeCloseTo(0.05, 12);
    expect(tTails(-printed, degrees)).toBe(tTails(printed, degrees));
  });

  test("with one degree of freedom is Cauchy's distribution, whose tails are known in closed form", () => {
    for (const t of [0, 0.5, 1, 30]) expect(tTails(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
  });
});

test("logarithms and exponentials are those of Math, up to the last bits", () => {
  for (const value of [1e-9, 0.1, 1, 2.5, 1e12]) {
    expect(logarithm(value)).toBeCloseTo(Math.log(value), 12);
    expect(exponentialLessOne(Math.log(value)) / Math.expm1(Math.log(value) || 1)).toBeCloseTo(value === 1 ? 0 : 1, 12);
  }
});
