import fc from "fast-check";
import { expect, test } from "vitest";
import { axisTimes, columnRises, columnTimes, columnValues, niceCeiling, type Steps, unpackSeries } from "./resample.ts";

const series: fc.Arbitrary<Steps> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 50 })), { minLength: 1, maxLength: 60 })
  .map((steps) => {
    let [timeNs, value] = [0, 0];
    const rows = steps.map(([wait, rise]) => [(timeNs += wait), (value += rise)] as const);
    return { timesNs: Float64Array.from(rows, ([time]) => time), values: Float64Array.from(rows, ([, counter]) => counter) };
  });

test("columns have the values that a search through all steps finds", () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 40 }), (steps, columns) => {
      const span = { fromNs: 0, toNs: 40_000 };
      const width = 40_000 / columns;
      const expected = Array.from({ length: columns }, (_, column) => {
        const at = steps.timesNs.findLastIndex((timeNs) => timeNs <= column * width + width);
        return at === -1 ? null : steps.values[at]!;
      });
      expect(columnValues(steps, span, columns)).toEqual(expected);
    }),
  );
});

test("what a counter rose in all columns together is what it rose in the span", () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 40 }), (steps, columns) => {
      const rises = columnRises(steps, { fromNs: 0, toNs: 40_000 }, columns);
      expect(rises.reduce<number>((sum, rise) => sum + (rise ?? 0), 0)).toBe(steps.values.at(-1));
    }),
  );
});

test("nothing is drawn of what a run has not reached", () => {
  const steps = { timesNs: Float64Array.of(0, 50), values: Float64Array.of(1, 2) };
  expect(columnValues(steps, { fromNs: 0, toNs: 200 }, 4, 90)).toEqual([2, 2, null, null]);
  expect([...columnTimes({ fromNs: 0, toNs: 200 }, 4)]).toEqual([25, 75, 125, 175]);
});

test("packed series are read as the API documents them: all times, then all values", () => {
  const packed = btoa(String.fromCharCode(...new Uint8Array(Float64Array.of(1, 2, 10, Number.NaN).buffer)));
  expect(unpackSeries(packed)).toEqual({ timesNs: Float64Array.of(1, 2), values: Float64Array.of(10, Number.NaN) });
});

test("axes end and step at round numbers", () => {
  expect([0, 1, 7, 12, 999, 2_600].map(niceCeiling)).toEqual([1, 1, 8, 15, 1_000, 3_000]);
  expect(axisTimes({ fromNs: 90, toNs: 410 }, 4)).toEqual([100, 200, 300, 400]);
  expect(axisTimes({ fromNs: 0, toNs: 1e9 }, 6)).toEqual([0, 2e8, 4e8, 6e8, 8e8, 1e9]);
});
