import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countOptimalMisses } from "../testing/reference-replacement.ts";
import { minMisses } from "./index.ts";

const textbook = Int32Array.from("7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1".split(" "), Number);

describe("misses of Belady's MIN", () => {
  test("9 on the textbook's reference string with 3 frames", () => {
    expect(minMisses(textbook, 3)).toBe(9);
  });

  // Oracle: with R frames MIN keeps R - 1 of W pages through each round, so that (W - R) of W - 1 references miss.
  test("a cyclic scan of W pages in R frames comes to (W - R) / (W - 1) of its references", () => {
    const [pages, frames, rounds] = [20, 8, 2000];
    const scan = Int32Array.from({ length: pages * rounds }, (_, at) => at % pages);
    expect(minMisses(scan, frames) / scan.length).toBeCloseTo((pages - frames) / (pages - 1), 2);
  });

  // Oracle: testing/reference-replacement.ts, which looks through all loaded pages at each miss.
  test("as many as the plain implementation counts, for any references and frames", () => {
    const references = fc.array(fc.nat(12), { maxLength: 300 });
    fc.assert(
      fc.property(references, fc.integer({ min: 1, max: 14 }), (pages, frames) => {
        expect(minMisses(Int32Array.from(pages), frames)).toBe(countOptimalMisses(pages, frames));
      }),
    );
  });

  test("one frame for every page: each page misses once", () => {
    expect(minMisses(textbook, 6)).toBe(6);
  });
});
