import { expect, test } from "vitest";
import { thin } from "./thin.ts";

/** Oracle: what `thin` promises, for every pair of numbers up to some hundred. */
test("a thinned series has as many values as were asked for, in order, and ends with the last", () => {
  const faults: string[] = [];
  for (let length = 1; length <= 400; length++) {
    const values = Array.from({ length }, (_, index) => index);
    for (let count = 1; count <= length; count++) {
      const thinned = thin(values, count);
      const isAscending = thinned.every((value, place) => value !== undefined && (place === 0 || value > (thinned[place - 1] as number)));
      if (thinned.length !== count || !isAscending || thinned.at(-1) !== length - 1) faults.push(`${count} of ${length}`);
    }
  }
  expect(faults).toEqual([]);
});
