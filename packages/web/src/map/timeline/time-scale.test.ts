import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTime, reaching, timeAtX, within, xOf, zoomed } from "./time-scale.ts";

const END = 1_000_000_000;
const spans = fc
  .tuple(fc.integer({ min: 0, max: END }), fc.integer({ min: 0, max: END }))
  .filter(([a, b]) => Math.abs(a - b) > 1_000)
  .map(([a, b]) => ({ fromNs: Math.min(a, b), toNs: Math.max(a, b) }));

test("a point's time is the time that is drawn at this point", () => {
  fc.assert(
    fc.property(spans, fc.double({ min: 0, max: 1, noNaN: true }), (span, part) => {
      expect(xOf(timeAtX(part * 800, span, 800), span, 800)).toBeCloseTo(part * 800, 6);
    }),
  );
});

test("zooming keeps the time under the pointer where it is, and never leaves the run", () => {
  fc.assert(
    fc.property(spans, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.1, max: 10, noNaN: true }), (span, part, factor) => {
      const aboutNs = timeAtX(part, span, 1);
      const next = zoomed(span, aboutNs, factor, END);
      expect(next.fromNs).toBeGreaterThanOrEqual(0);
      expect(next.toNs).toBeLessThanOrEqual(END);
      expect(next.toNs).toBeGreaterThan(next.fromNs);
      const isInside = next.fromNs > 0 && next.toNs < END && next.toNs - next.fromNs > 1_000;
      if (isInside) expect(xOf(aboutNs, next, 1)).toBeCloseTo(part, 2);
    }),
  );
});

test("a span is moved to a time outside of it and stays within the run, and is not moved otherwise", () => {
  expect(reaching({ fromNs: 100, toNs: 300 }, 200, 1_000)).toEqual({ fromNs: 100, toNs: 300 });
  expect(reaching({ fromNs: 100, toNs: 300 }, 500, 1_000)).toEqual({ fromNs: 400, toNs: 600 });
  expect(reaching({ fromNs: 100, toNs: 300 }, 990, 1_000)).toEqual({ fromNs: 800, toNs: 1_000 });
  expect(within({ fromNs: -50, toNs: 5_000 }, 1_000)).toEqual({ fromNs: 0, toNs: 1_000 });
});

test("times are read with their unit, and what is no time is refused", () => {
  expect(["1.25 s", "300ms", "12 us", "7µs", "40 ns"].map(parseTime)).toEqual([1_250_000_000, 300_000_000, 12_000, 7_000, 40]);
  expect(["", "12", "1.2.3 s", "5 min", "-1 s"].map(parseTime)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
