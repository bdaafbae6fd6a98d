import * as fc from "fast-check";
import { caseCount } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { pidOf, ROWS, type Row, tidOf, Track } from "./tracks.ts";

test("slices of one moment stand 1 ns behind each other, and one that begins later where it begins", () => {
  const track = new Track();
  const placed = [
    [10, 0],
    [10, 0],
    [10, 5],
    [12, 1],
    [40, 2],
  ].map(([timeNs, durationNs]) => track.place(timeNs!, durationNs!));
  expect(placed.map(({ timeNs, durationNs }) => [timeNs, durationNs])).toEqual([
    [10, 1],
    [11, 1],
    [12, 3],
    [15, 1],
    [40, 2],
  ]);
});

test("no slice of a row lies across the end of another, whatever is placed in it", () => {
  const slice = fc.tuple(fc.nat(100), fc.nat(20));
  const check = fc.property(fc.array(slice), (slices) => {
    const track = new Track();
    let endNs = 0;
    for (const [timeNs, durationNs] of slices) {
      const placed = track.place(timeNs, durationNs);
      expect(placed.timeNs).toBeGreaterThanOrEqual(Math.max(timeNs, endNs));
      expect(placed.durationNs).toBeGreaterThan(0);
      endNs = placed.timeNs + placed.durationNs;
    }
  });
  fc.assert(check, { numRuns: caseCount(100, 5_000) });
});

test("no two rows have one number", () => {
  const rows = Object.keys(ROWS) as Row[];
  const all = Array.from({ length: 50 }, (_, vm) => rows.map((row) => tidOf(vm, row))).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(pidOf(0)).toBeGreaterThan(0);
});
