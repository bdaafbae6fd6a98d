import type { WatermarkSpec } from "./vm-spec.ts";

const KIB_PER_PAGE = 4;
/** Bounds of vm.min_free_kbytes where Linux chooses it by itself. */
const LEAST_MIN_KIB = 128;
const MOST_MIN_KIB = 262_144;
/** Linux's vm.watermark_scale_factor by default: ten-thousandths of the memory. */
const SCALE_FACTOR = 10;

/**
 * What Linux of 5.x and 6.x sets for so much memory in one zone (mm/page_alloc.c: calculate_min_free_kbytes,
 * __setup_per_zone_wmarks): min is 4 x sqrt(KiB) KiB; low and high are each a quarter of min further up, or a thousandth
 * of the memory where that is more.
 */
export function linuxWatermarks(memoryPages: number): WatermarkSpec {
  const rootKib = Math.floor(Math.sqrt(memoryPages * KIB_PER_PAGE * 16));
  const minPages = Math.floor(Math.min(Math.max(rootKib, LEAST_MIN_KIB), MOST_MIN_KIB) / KIB_PER_PAGE);
  const gapPages = Math.max(Math.floor(minPages / 4), Math.floor((memoryPages * SCALE_FACTOR) / 10_000));
  return { minPages, lowPages: minPages + gapPages, highPages: minPages + 2 * gapPages };
}
