import { expect, test } from "vitest";
import { joinSeries, unpackSeries } from "./join-series.ts";

/** The oracle is the declaration of `Series.packed`. */
test("a packed series has its times, and null where a value is not known", () => {
  const bytes = new Uint8Array(Float64Array.of(0, 250, 7, Number.NaN).buffer);
  const packed = btoa(String.fromCharCode(...bytes));
  expect(unpackSeries(packed)).toEqual({ times: [0, 250], values: [7, null] });
  expect(unpackSeries("")).toEqual({ times: [], values: [] });
});

/** Worked out by hand. */
test("values hold until the next, and end with their run", () => {
  const joined = joinSeries([
    { times: [0, 20], values: [1, 2] },
    { times: [10, 15, 40], values: [5, null, 6] },
  ]);
  expect(joined.times).toEqual([0, 10, 15, 20, 40]);
  expect(joined.values).toEqual([
    [1, 1, 1, 2, null],
    [null, 5, null, null, 6],
  ]);
});
