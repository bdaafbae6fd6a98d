import fc from "fast-check";
import { expect, test } from "vitest";
import { buildAliasTable } from "./alias-table.ts";

/** What the table's columns add up to for each outcome: the law that it really draws from. */
function lawOf(table: Uint32Array): Float64Array {
  const size = table.length / 2;
  const law = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    const kept = table[2 * column] / 2 ** 32;
    law[column] += kept / size;
    law[table[2 * column + 1]] += (1 - kept) / size;
  }
  return law;
}

test("the columns of an alias table add up to the weights, exactly but for 32-bit thresholds", () => {
  // Oracle: the definition of the alias method; a threshold is off by 2^-32 at most, and so is each column.
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }), (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const law = lawOf(buildAliasTable(Float64Array.from(weights)));
      weights.forEach((weight, index) => expect(Math.abs(law[index] - weight / total)).toBeLessThan(1e-8));
    }),
  );
});

test("a single outcome is always drawn", () => {
  expect(lawOf(buildAliasTable(Float64Array.of(0.25)))[0]).toBe(1);
});
