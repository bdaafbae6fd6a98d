import fc from "fast-check";
import { expect, test } from "vitest";
import { TimeIndex } from "./time-index.ts";

/** Times of positions 0, 1, ...: they do not fall. */
const timelines = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 40 }).map((steps) => {
  const times = [0];
  for (const step of steps) times.push(times.at(-1)! + step);
  return times;
});

test("what it was told it knows, and between two known positions it answers one between them", () => {
  fc.assert(
    fc.property(timelines, fc.array(fc.nat(), { maxLength: 10 }), (times, picks) => {
      const index = new TimeIndex();
      const last = times.length - 1;
      const told = [...new Set([0, last, ...picks.map((pick) => pick % times.length)])];
      for (const position of told) index.add(position, times[position]!);
      for (const position of told) expect(index.timeAt(position)).toBe(times[position]);
      const ascending = told.toSorted((a, b) => a - b);
      for (const [position, timeNs] of times.entries()) {
        const before = ascending.findLast((each) => each <= position)!;
        const after = ascending.find((each) => each >= position)!;
        expect(index.timeAt(position)).toBeGreaterThanOrEqual(times[before]!);
        expect(index.timeAt(position)).toBeLessThanOrEqual(times[after]!);
        const found = index.positionAt(timeNs);
        expect(found).toBeGreaterThanOrEqual(
          before === 0 && times[before] === timeNs ? 0 : ascending.findLast((each) => times[each]! <= timeNs)!,
        );
        expect(found).toBeLessThanOrEqual(last);
      }
    }),
  );
});

test("with all positions told it finds the last one that is not after a time", () => {
  fc.assert(
    fc.property(timelines, fc.nat(), (times, pick) => {
      const index = new TimeIndex();
      for (const [position, timeNs] of times.entries()) index.add(position, timeNs);
      const timeNs = pick % (times.at(-1)! + 1);
      expect(index.positionAt(timeNs)).toBe(times.findLastIndex((each) => each <= timeNs));
    }),
  );
});
