import { expect, test } from "vitest";
import { linuxWatermarks } from "./watermarks.ts";

const PAGES_PER_MIB = 256;

test("min is what Linux sets; oracle: the table in the comment above calculate_min_free_kbytes (mm/page_alloc.c)", () => {
  const table = [
    [16, 512],
    [32, 724],
    [64, 1024],
    [128, 1448],
    [256, 2048],
    [512, 2896],
    [1024, 4096],
    [2048, 5792],
    [4096, 8192],
    [8192, 11_584],
    [16_384, 16_384],
  ] as const;
  for (const [mib, kib] of table) expect(linuxWatermarks(mib * PAGES_PER_MIB).minPages, `${mib} MiB`).toBe(kib / 4);
});

test("low and high are a quarter of min further up each, in larger memory a thousandth of it; oracle: arithmetic", () => {
  expect(linuxWatermarks(16 * PAGES_PER_MIB)).toEqual({ minPages: 128, lowPages: 160, highPages: 192 });
  // 16 GiB: 4,194,304 pages, a thousandth is 4,194 and a quarter of min 1,024.
  expect(linuxWatermarks(16_384 * PAGES_PER_MIB)).toEqual({ minPages: 4096, lowPages: 8290, highPages: 12_484 });
});

test("min is at least 128 KiB and at most 256 MiB, as Linux of 5.x has it", () => {
  expect(linuxWatermarks(64).minPages).toBe(32);
  expect(linuxWatermarks(2 ** 30).minPages).toBe(65_536);
});
