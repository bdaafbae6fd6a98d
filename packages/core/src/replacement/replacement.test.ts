import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caseCount } from "../testing/case-count.ts";
import {
  countArcMisses,
  countLfuMisses,
  countRandomMisses,
  countS3FifoMisses,
  countSieveMisses,
  countTwoListMisses,
} from "../testing/reference-caches.ts";
import {
  countClockMisses,
  countFifoMisses,
  countLruMisses,
  countOptimalMisses,
  type MissCounter,
} from "../testing/reference-replacement.ts";
import {
  CACHE_ALGORITHM_NAMES,
  chosenFrames,
  countMisses,
  parseAlgorithmChoice,
  parseAlgorithmChoices,
  type ReferenceBlocks,
} from "./index.ts";

const SEED = 7;
const BLOCK = 64;

/** References in several blocks, whose array is used again as that of a trace is. */
function blocksOf(list: readonly number[]): ReferenceBlocks {
  const pages = new Uint32Array(BLOCK);
  return {
    referenceCount: list.length,
    pageCount: Math.max(0, ...list) + 1,
    blockCount: Math.ceil(list.length / BLOCK),
    block(index) {
      const part = list.slice(index * BLOCK, (index + 1) * BLOCK);
      pages.fill(0).set(part);
      return { pages, length: part.length };
    },
  };
}

function misses(algorithm: string, list: readonly number[], frames: readonly number[]): number[] {
  const [counts] = countMisses(blocksOf(list), [{ choice: parseAlgorithmChoice(algorithm), frames }], { seed: SEED });
  return counts;
}

const textbook = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1".split(" ").map(Number);
const belady = "1 2 3 4 1 2 5 1 2 3 4 5".split(" ").map(Number);

// Oracle: the usual textbooks.
test.each([
  ["fifo", 15],
  ["lru", 12],
  ["opt", 9],
  ["clock", 14],
  ["clock:referenceBitOnLoad=clear", 11],
])("the textbook's string with 3 frames under %s misses %i times", (algorithm, expected) => {
  expect(misses(algorithm, textbook, [3])).toEqual([expected]);
});

test("Belady's anomaly: FIFO misses his string 9 times with 3 frames, and 10 times with 4", () => {
  expect(misses("fifo", belady, [3, 4])).toEqual([9, 10]);
});

const plain: Readonly<Record<string, MissCounter>> = {
  lru: countLruMisses,
  fifo: countFifoMisses,
  clock: (pages, frames) => countClockMisses(pages, frames, "set"),
  "clock:referenceBitOnLoad=clear": (pages, frames) => countClockMisses(pages, frames, "clear"),
  sieve: countSieveMisses,
  lfu: countLfuMisses,
  random: (pages, frames) => countRandomMisses(pages, frames, SEED),
  "two-list": countTwoListMisses,
  opt: countOptimalMisses,
  arc: countArcMisses,
  "s3-fifo": (pages, frames) => countS3FifoMisses(pages, frames, { ghostCount: Math.floor(frames * 0.9), fillsMain: false }),
  "s3-fifo:ghosts=main:whileFilling=main": (pages, frames) => {
    const ghostCount = frames - Math.max(1, Math.floor(frames / 10));
    return countS3FifoMisses(pages, frames, { ghostCount, fillsMain: true });
  },
};

test("every algorithm has a plain implementation to be compared with", () => {
  expect(new Set(Object.keys(plain).map((label) => label.split(":")[0]))).toEqual(new Set(CACHE_ALGORITHM_NAMES));
});

/** A working set that is visited often, and pages that are seen seldom: what newer algorithms tell apart. */
const references = fc.array(fc.oneof({ arbitrary: fc.nat(5), weight: 3 }, { arbitrary: fc.nat(40), weight: 2 }), {
  minLength: 1,
  maxLength: 400,
});

test.each(Object.entries(plain))("%s misses as often as its plain implementation, for any references and frames", (algorithm, count) => {
  fc.assert(
    fc.property(references, fc.uniqueArray(fc.integer({ min: 1, max: 45 }), { minLength: 1, maxLength: 4 }), (list, frames) => {
      expect(misses(algorithm, list, frames)).toEqual(frames.map((each) => count(list, each)));
    }),
    { numRuns: caseCount(40, 2000) },
  );
});

describe("laws", () => {
  const [pages, frames, rounds] = [20, 8, 200];
  const scan = Array.from({ length: pages * rounds }, (_, at) => at % pages);

  test.each(["lru", "fifo", "clock", "clock:referenceBitOnLoad=clear"])(
    "a cyclic scan longer than memory always misses under %s",
    (algorithm) => {
      expect(misses(algorithm, scan, [frames])).toEqual([scan.length]);
    },
  );

  // Oracle: MIN keeps R - 1 of W pages through each round, so that (W - R) of W - 1 references miss.
  test("a cyclic scan of W pages in R frames misses (W - R) / (W - 1) of the time under opt", () => {
    const [count] = misses("opt", scan, [frames]);
    expect(count / scan.length).toBeCloseTo((pages - frames) / (pages - 1), 2);
  });

  // Oracle: the number of different pages.
  test.each(Object.keys(plain))("with a frame for each page %s misses every page once", (algorithm) => {
    fc.assert(
      fc.property(references, (list) => {
        expect(misses(algorithm, list, [41, 1000])).toEqual([new Set(list).size, new Set(list).size]);
      }),
      { numRuns: 10 },
    );
  });

  test.each(Object.keys(plain))("opt never misses more than %s", (algorithm) => {
    fc.assert(
      fc.property(references, fc.integer({ min: 1, max: 30 }), (list, count) => {
        expect(misses("opt", list, [count])[0]).toBeLessThanOrEqual(misses(algorithm, list, [count])[0]);
      }),
      { numRuns: 20 },
    );
  });

  test("lru and opt never miss more with more frames", () => {
    const sizes = Array.from({ length: 40 }, (_, index) => index + 1);
    fc.assert(
      fc.property(references, fc.constantFrom("lru", "opt"), (list, algorithm) => {
        const counts = misses(algorithm, list, sizes);
        expect(counts).toEqual([...counts].sort((left, right) => right - left));
      }),
      { numRuns: 20 },
    );
  });

  test("hundreds of sizes of lru at once are counted as each for itself", () => {
    const list = Array.from({ length: 3000 }, (_, at) => (at * at * 7 + (at % 13)) % 450);
    const sizes = Array.from({ length: 450 }, (_, index) => 450 - index);
    expect(misses("lru", list, sizes)).toEqual(sizes.map((each) => misses("lru", list, [each])[0]));
  });
});

// Oracle: powers of the square root of 2, and of 2, rounded down by hand.
test("sizes are chosen in equal ratios, up to all pages; of few pages all are", () => {
  expect(chosenFrames(4)).toEqual([1, 2, 3, 4]);
  expect(chosenFrames(50)).toEqual([1, 2, 4, 5, 8, 11, 16, 22, 32, 45, 50]);
  expect(chosenFrames(5000)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 5000]);
});

describe("the choice of an algorithm", () => {
  test("is written as its name with the parameters that are not the default", () => {
    expect(parseAlgorithmChoices("lru, clock:referenceBitOnLoad=set,clock:referenceBitOnLoad=clear").map(({ label }) => label)).toEqual([
      "lru",
      "clock",
      "clock:referenceBitOnLoad=clear",
    ]);
  });

  test.each([
    ["mru", /no replacement algorithm "mru"\. There are: lru, fifo, clock/],
    ["toString", /no replacement algorithm "toString"/],
    ["lru:x=1", /lru has no parameter "x"; it has none/],
    ["clock:bit=set", /clock has no parameter "bit"; it has: referenceBitOnLoad/],
    ["clock:referenceBitOnLoad=maybe", /one of set, clear, not "maybe"/],
    ["clock:referenceBitOnLoad", /one of set, clear, not ""/],
    ["clock:referenceBitOnLoad=set:referenceBitOnLoad=clear", /twice/],
    ["lru,fifo,lru", /lru is named twice/],
    ["", /no replacement algorithm ""/],
  ])("%j is refused", (text, message) => {
    expect(() => parseAlgorithmChoices(text)).toThrow(
      expect.objectContaining({ code: "INPUT_INVALID", message: expect.stringMatching(message) }),
    );
  });
});
