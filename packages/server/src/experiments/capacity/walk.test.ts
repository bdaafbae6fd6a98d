import fc from "fast-check";
import { expect, test } from "vitest";
import { largestHolding } from "./walk.ts";

const range = { min: 1, max: 1_000, harder: (load: number) => load * 2, easier: (load: number) => Math.floor(load / 2) };

/** The answer, and the loads that were asked. */
function walk(holds: (load: number) => boolean, start: number, resolution: number): { found: number | null; asked: number[] } {
  const asked: number[] = [];
  const steps = largestHolding({ ...range, resolution }, start);
  for (let step = steps.next(); ; step = steps.next(holds(asked.at(-1)!))) {
    if (step.done === true) return { found: step.value, asked };
    asked.push(step.value);
  }
}

test("a walk finds the largest load that holds, to within the resolution; oracle: the threshold itself", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_100 }),
      fc.integer({ min: -5, max: 1_200 }),
      fc.constantFrom(1, 7),
      (threshold, start, resolution) => {
        const { found, asked } = walk((load) => load <= threshold, start, resolution);
        if (threshold < 1) expect(found).toBeNull();
        else if (threshold >= 1_000) expect(found).toBe(1_000);
        else {
          expect(found).toBeLessThanOrEqual(threshold);
          expect(found).toBeGreaterThan(threshold - resolution);
        }
        // Doubling over 1,000 and bisecting as much; no load twice, and none outside of the range.
        expect(asked.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(1_000)) + 2);
        expect(new Set(asked).size).toBe(asked.length);
        expect(asked.every((load) => load >= 1 && load <= 1_000)).toBe(true);
      },
    ),
  );
});
