import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countClockMisses, countFifoMisses, countLruMisses, countOptimalMisses } from "./reference-replacement.ts";

const counters = {
  fifo: countFifoMisses,
  lru: countLruMisses,
  clockClear: (pages: readonly number[], frames: number) => countClockMisses(pages, frames, "clear"),
  clockSet: (pages: readonly number[], frames: number) => countClockMisses(pages, frames, "set"),
  optimal: countOptimalMisses,
};
const counterNames = Object.keys(counters) as (keyof typeof counters)[];

/** The reference string of operating systems textbooks (Silberschatz, Galvin, Gagne, chapter on virtual memory). */
const textbook = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];
/** Belady, Nelson and Shedler 1969. */
const belady = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];

const references = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 120 });
const frameCounts = fc.integer({ min: 1, max: 14 });

function countSecondChanceMisses(pages: readonly number[], frameCount: number, setOnLoad: boolean): number {
  const queue: { page: number; referenced: boolean }[] = [];
  let misses = 0;
  for (const page of pages) {
    const entry = queue.find((candidate) => candidate.page === page);
    if (entry !== undefined) {
      entry.referenced = true;
      continue;
    }
    misses += 1;
    while (queue.length === frameCount) {
      const oldest = queue.shift();
      if (oldest?.referenced === true) queue.push({ page: oldest.page, referenced: false });
    }
    queue.push({ page, referenced: setOnLoad });
  }
  return misses;
}

describe("reference replacement", () => {
  // Oracle: the textbook for FIFO, LRU and OPT. CLOCK by hand on paper, 14 with the bit set on load and 11 with it
  // clear, confirmed by the queue below, which shares nothing with the ring under test.
  test.each([
    ["fifo", 15],
    ["lru", 12],
    ["clockSet", 14],
    ["clockClear", 11],
    ["optimal", 9],
  ] as const)("%s misses the textbook's string %i times", (name, misses) => {
    expect(counters[name](textbook, 3)).toBe(misses);
  });

  // Oracle: Belady's anomaly as published.
  test("fifo misses Belady's string more often with 4 frames than with 3", () => {
    expect([countFifoMisses(belady, 3), countFifoMisses(belady, 4)]).toEqual([9, 10]);
  });

  // Oracle: CLOCK is FIFO that gives referenced pages a second round (Corbato 1968), here as a queue.
  test("clock evicts what a queue with second chances evicts, whichever way the bit is loaded", () => {
    fc.assert(
      fc.property(references, frameCounts, (pages, frames) => {
        for (const referenceBitOnLoad of ["set", "clear"] as const) {
          const misses = countSecondChanceMisses(pages, frames, referenceBitOnLoad === "set");
          expect(countClockMisses(pages, frames, referenceBitOnLoad)).toBe(misses);
        }
      }),
    );
  });

  // Oracle: in a cyclic scan of W pages LRU, FIFO and CLOCK have always just evicted the page that comes next.
  test("a cyclic scan of one page more than there are frames misses always, but for optimal replacement", () => {
    const scan = Array.from({ length: 9 * 50 }, (_, time) => time % 9);
    for (const name of ["fifo", "lru", "clockClear", "clockSet"] as const) {
      expect(counters[name](scan, 8), name).toBe(scan.length);
    }
    // Optimal keeps 8 of 9 and misses (W - R) / (W - 1) = 1/8 of the references after the first round.
    const steadyMisses = countOptimalMisses(scan, 8) - 9;
    expect(Math.abs(steadyMisses - (scan.length - 9) / 8)).toBeLessThanOrEqual(1);
  });

  // Oracle: Belady's theorem, and that each page misses at least once.
  test("nothing misses less often than optimal replacement, nor than once per page, nor more than always", () => {
    fc.assert(
      fc.property(references, frameCounts, (pages, frames) => {
        const optimal = countOptimalMisses(pages, frames);
        expect(optimal).toBeGreaterThanOrEqual(new Set(pages).size);
        for (const name of counterNames) {
          expect(counters[name](pages, frames), name).toBeGreaterThanOrEqual(optimal);
          expect(counters[name](pages, frames), name).toBeLessThanOrEqual(pages.length);
        }
      }),
    );
  });

  // Oracle: LRU and OPT are stack algorithms (Mattson et al. 1970).
  test("lru and optimal replacement never miss more often with one frame more", () => {
    fc.assert(
      fc.property(references, frameCounts, (pages, frames) => {
        for (const name of ["lru", "optimal"] as const) {
          expect(counters[name](pages, frames + 1), name).toBeLessThanOrEqual(counters[name](pages, frames));
        }
      }),
    );
  });

  test("with a frame for every page each page misses exactly once", () => {
    fc.assert(
      fc.property(references, (pages) => {
        for (const name of counterNames) expect(counters[name](pages, 13), name).toBe(new Set(pages).size);
      }),
    );
  });
});
