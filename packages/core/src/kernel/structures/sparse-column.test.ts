import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caseCount } from "../../testing/case-count.ts";
import { expandSparse, loadSparse, saveSparse } from "./sparse-column.ts";

const PART = 4_096;

describe("a column saved without its zeros", () => {
  // Oracle: the column itself.
  test("is the same when it is loaded, into a new column or over another", () => {
    const written = fc.array(fc.tuple(fc.nat(3 * PART), fc.nat(255)));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 * PART }), written, written, (length, entries, others) => {
        const column = columnOf(length, entries);
        const saved = saveSparse(column);
        expect(expandSparse(saved)).toEqual(column);
        const other = columnOf(length, others);
        loadSparse(other, saved);
        expect(other).toEqual(column);
      }),
      { numRuns: caseCount(30, 1_000) },
    );
  });

  test("takes what was written to, by parts of 4,096 entries", () => {
    const column = new Int32Array(100 * PART + 5);
    column[7 * PART + 1] = -3;
    column[100 * PART + 4] = 9;
    const { length, parts, values } = saveSparse(column);
    expect({ length, parts: [...parts], kept: values.length }).toEqual({ length: 100 * PART + 5, parts: [7, 100], kept: PART + 5 });
  });

  test("shares nothing with the column", () => {
    const column = Uint32Array.of(1, 2, 3);
    const saved = saveSparse(column);
    column[1] = 7;
    expect([...saved.values]).toEqual([1, 2, 3]);
  });

  test("is refused by a column of another length", () => {
    expect(() => loadSparse(new Uint8Array(3), saveSparse(new Uint8Array(4)))).toThrow("4 entries is loaded into one of 3");
  });
});

function columnOf(length: number, entries: readonly (readonly [number, number])[]): Uint8Array {
  const column = new Uint8Array(length);
  for (const [at, value] of entries) if (at < length) column[at] = value;
  return column;
}
