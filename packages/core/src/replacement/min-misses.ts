import { assert } from "../assert/index.ts";
import { parseAlgorithmChoice } from "./algorithm-choice.ts";
import { countMisses } from "./count-misses.ts";

/**
 * Misses of Belady's MIN. No demand paging of this sequence misses less; it bounds that count, and nothing else. `frames` is at least
 * 1; pages are numbered from 0, densely.
 */
export function minMisses(pages: Int32Array, frames: number): number {
  assert(frames >= 1, () => `MIN needs at least one frame, not ${frames}`);
  const block = { pages: new Uint32Array(pages.buffer, pages.byteOffset, pages.length), length: pages.length };
  const pageCount = pages.reduce((max, page) => Math.max(max, page + 1), 1);
  const source = { referenceCount: pages.length, pageCount, blockCount: 1, block: () => block };
  const [[misses]] = countMisses(source, [{ choice: parseAlgorithmChoice("opt"), frames: [frames] }], { seed: 0 });
  return misses;
}
