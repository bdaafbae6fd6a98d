import fc from "fast-check";
import { expect, test } from "vitest";
import { caseCount } from "../testing/case-count.ts";
import { CACHE_ALGORITHM_NAMES, countMisses, parseAlgorithmChoice, type ReferenceGrid, referenceGrid } from "./index.ts";

const SEED = 7;

function gridOf(algorithm: string, references: readonly string[], frames: number): ReferenceGrid {
  return referenceGrid(references, parseAlgorithmChoice(algorithm), frames, SEED);
}

// Oracle: L. A. Belady, R. A. Nelson, G. S. Shedler, CACM 12(6), 1969.
test("Belady's string has 9 faults with 3 frames under FIFO, and 10 with 4", () => {
  const belady = "1 2 3 4 1 2 5 1 2 3 4 5".split(" ");
  expect([3, 4].map((frames) => gridOf("fifo", belady, frames).faults)).toEqual([9, 10]);
});

// Oracle: worked out by hand; 3 takes the place of 1, which came first.
test("a page stays in its place, and one that comes in takes the victim's", () => {
  const { steps } = gridOf("fifo", ["1", "2", "1", "3", "2"], 2);
  expect(steps.map(({ frames, victim, isFault }) => [frames.join(" "), victim, isFault])).toEqual([
    ["1 ", null, true],
    ["1 2", null, true],
    ["1 2", null, false],
    ["3 2", "1", true],
    ["3 2", null, false],
  ]);
});

const references = fc.array(
  fc.nat(9).map((page) => `p${page}`),
  { minLength: 1, maxLength: 60 },
);

test.each(CACHE_ALGORITHM_NAMES)(
  "the table of %s has the faults that are counted at once, and changes by its victims alone",
  (algorithm) => {
    fc.assert(
      fc.property(references, fc.integer({ min: 1, max: 12 }), (list, frames) => {
        const { steps, faults } = gridOf(algorithm, list, frames);
        const names = [...new Set(list)];
        const pages = Uint32Array.from(list, (name) => names.indexOf(name));
        const block = { pages, length: pages.length };
        const source = { referenceCount: pages.length, pageCount: names.length, blockCount: 1, block: () => block };
        expect([[faults]]).toEqual(countMisses(source, [{ choice: parseAlgorithmChoice(algorithm), frames: [frames] }], { seed: SEED }));
        expect(steps.filter(({ isFault }) => isFault)).toHaveLength(faults);
        let before: readonly (string | null)[] = Array.from({ length: frames }, () => null);
        for (const { reference, isFault, victim, frames: held } of steps) {
          expect(isFault).toBe(!before.includes(reference));
          const place = isFault ? before.indexOf(victim) : -1;
          expect(held).toEqual(before.map((page, index) => (index === place ? reference : page)));
          before = held;
        }
      }),
      { numRuns: caseCount(15, 1000) },
    );
  },
);
