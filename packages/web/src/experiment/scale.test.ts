import { describe, expect, test } from "vitest";
import { differenceScale, niceScale, shareOf } from "./scale.ts";

/** Worked out by hand. */
describe("an axis", () => {
  test("ends at ticks, with steps of 1, 2 or 5 times a power of ten", () => {
    expect(niceScale(1.007, 2.1).ticks).toEqual([1, 1.5, 2, 2.5]);
    expect(niceScale(0, 711).ticks).toEqual([0, 200, 400, 600, 800]);
    expect(niceScale(-0.3, 0.1).ticks).toEqual([-0.3, -0.2, -0.1, 0, 0.1]);
  });

  test("of one value has a length", () => {
    expect(niceScale(75, 75)).toMatchObject({ from: 60, to: 80 });
    expect(niceScale(0, 0)).toMatchObject({ from: 0, to: 0.5 });
  });

  test("places values between its ends, and those beyond at the ends", () => {
    const scale = niceScale(0, 100);
    expect([-5, 0, 25, 100, 180].map((value) => shareOf(scale, value))).toEqual([0, 0, 0.25, 1, 1]);
  });
});

describe("an axis of differences", () => {
  test("has the zero, and room on both sides of it", () => {
    const { from, to, ticks } = differenceScale([{ value: -25, low: -26, high: -24 }], 2);
    expect(ticks).toContain(0);
    expect(from).toBeLessThanOrEqual(-26);
    expect(to).toBeGreaterThanOrEqual(2);
  });

  test("covers intervals that leave the values apart", () => {
    const { from, to } = differenceScale([{ value: 1.95, low: -5.63, high: 10.1 }], 1);
    expect([from, to]).toEqual([-10, 15]);
  });

  test("cuts intervals that would press the values together", () => {
    const { from, to } = differenceScale([{ value: 10, low: -900, high: 900 }], 2);
    expect([from, to]).toEqual([-100, 100]);
  });
});
