import { expect, test } from "vitest";
import { memoryMarks, minFreePages } from "./memory-state-marks.ts";

const PAGES_PER_GB = 262_144;
const PAGES_PER_MB = 256;

test("minFree slides: 655.36 MB of 16 GB and 1,925.12 MB of 128 GB are kept free", () => {
  // Oracle: 6 % of 4 GB, 4 % of the next 8, 2 % of the next 16, 1 % of the rest, in MB of 1,024 KiB, by hand.
  expect(minFreePages(16 * PAGES_PER_GB) / PAGES_PER_MB).toBeCloseTo(655.36, 8);
  expect(minFreePages(128 * PAGES_PER_GB) / PAGES_PER_MB).toBeCloseTo(1925.12, 8);
  expect(minFreePages(2 * PAGES_PER_GB) / PAGES_PER_MB).toBeCloseTo(0.06 * 2048, 8);
});

test("the marks of vSphere 5 are 64, 32 and 16 % of minFree, those of 6 have 400 and 100 % besides", () => {
  const minFree = 655.36 * PAGES_PER_MB;
  const five = memoryMarks("vsphere5", 16 * PAGES_PER_GB);
  const parts = ({ high, clear, soft, hard, low }: typeof five): (number | undefined)[] =>
    [high, clear, soft, hard, low].map((mark) => mark && Math.round((1000 * mark) / minFree) / 1000);
  expect(parts(five)).toEqual([1, undefined, 0.64, 0.32, 0.16]);
  expect(parts(memoryMarks("vsphere6", 16 * PAGES_PER_GB))).toEqual([4, 1, 0.64, 0.32, 0.16]);
});

test("the marks of ESX 2 are 6, 4, 2 and 1 % of all frames", () => {
  expect(memoryMarks("esx2", 1000)).toEqual({
    high: 60,
    clear: undefined,
    soft: 40,
    hard: 20,
    low: 10,
    areLeftAtNext: true,
  });
});
