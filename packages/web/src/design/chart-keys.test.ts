import { describe, expect, test } from "vitest";
import { nearestIndex, thinnedPlaces } from "./chart-data.ts";
import { movedIndex, zoomedRange } from "./chart-keys.ts";

/** Worked out by hand. */
describe("the keys of a chart", () => {
  test("move by a point, with shift by a tenth, and to the ends, and never beyond", () => {
    const move = (index: number, key: string, shiftKey = false): number | undefined => movedIndex(index, 50, { key, shiftKey });
    expect(move(10, "ArrowRight")).toBe(11);
    expect(move(10, "ArrowLeft", true)).toBe(5);
    expect(move(2, "PageDown")).toBe(0);
    expect(move(48, "PageUp")).toBe(49);
    expect(move(10, "Home")).toBe(0);
    expect(move(10, "End")).toBe(49);
    expect(move(10, "a")).toBeUndefined();
  });

  test("zoom around the cursor, within what there is", () => {
    const zoom = { at: 40, whole: [0, 100], isLogarithmic: false } as const;
    expect(zoomedRange([0, 100], "+", zoom)).toEqual([20, 70]);
    expect(zoomedRange([20, 70], "-", zoom)).toEqual([0, 100]);
    expect(zoomedRange([20, 70], "0", zoom)).toEqual([0, 100]);
    expect(zoomedRange([20, 70], "x", zoom)).toBeUndefined();
  });

  test("zoom by ratios on a logarithmic axis", () => {
    const [from, to] = zoomedRange([1, 10_000], "+", { at: 100, whole: [1, 10_000], isLogarithmic: true }) ?? [];
    expect(from).toBeCloseTo(10, 9);
    expect(to).toBeCloseTo(1000, 9);
  });
});

test("the nearest point is found by bisection", () => {
  const xs = [1, 4, 9, 16, 25];
  expect([0, 2, 3, 12, 13, 99].map((value) => nearestIndex(xs, value))).toEqual([0, 0, 1, 2, 3, 4]);
  expect(nearestIndex([], 3)).toBe(0);
});

test("a long table has its first and its last row", () => {
  expect(thinnedPlaces(3, 40)).toEqual([0, 1, 2]);
  const places = thinnedPlaces(1000, 40);
  expect(places).toHaveLength(40);
  expect([places[0], places.at(-1)]).toEqual([0, 999]);
});
