import fc from "fast-check";
import { expect, test } from "vitest";
import { caseCount } from "../../testing/case-count.ts";
import { NEVER } from "./never.ts";
import { TimeTree } from "./time-tree.ts";

const change = fc.record({
  index: fc.nat(40),
  // Few times, so that many are equal.
  ns: fc.oneof({ weight: 4, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.constant(NEVER) }),
});

function lowestOf(times: readonly number[]): number {
  return times.reduce((lowest, ns) => Math.min(lowest, ns), NEVER);
}

// Oracle: a search through all times, from the lowest index.
test("a tree of times finds what a search through them finds", () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 60 }), (changes) => {
      const tree = new TimeTree();
      const times = Array.from({ length: 41 }, () => NEVER);
      for (const { index, ns } of changes) {
        tree.set(index, ns);
        times[index] = ns;
        expect(tree.timeAt(index)).toBe(ns);
        const lowest = lowestOf(times);
        expect(tree.first).toBe(lowest === NEVER ? -1 : times.indexOf(lowest));
        expect(tree.lowestExcept(index)).toBe(lowestOf(times.with(index, NEVER)));
      }
    }),
    { numRuns: caseCount(200, 20_000) },
  );
});

test("a tree without times has no first", () => {
  expect(new TimeTree().first).toBe(-1);
});
