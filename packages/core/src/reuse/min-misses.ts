import { assert } from "../assert/index.ts";
import { IntHeap } from "./int-heap.ts";
import { NEVER_AGAIN, nextUses } from "./next-uses.ts";

/**
 * Misses of Belady's MIN: the resident page whose next reference is furthest ahead makes room (L. A. Belady, IBM Systems
 * Journal 5(2), 1966). No demand paging of this sequence misses less; it bounds that count, and nothing else.
 * `frames` is at least 1; pages are numbered from 0, densely. Takes about n log(frames) steps.
 */
export function minMisses(pages: Int32Array, frames: number): number {
  assert(frames >= 1, () => `MIN needs at least one frame, not ${frames}`);
  const pageCount = pages.reduce((max, page) => Math.max(max, page + 1), 0);
  const next = nextUses(pages, pageCount);
  const isResident = new Uint8Array(pageCount);
  // A page stands in the heap by the index of its next reference, which names it: that is no one else's.
  const furthest = new IntHeap();
  const deadPages: number[] = [];
  let resident = 0;
  let misses = 0;
  for (let at = 0; at < pages.length; at++) {
    const page = pages[at];
    if (isResident[page] === 0) {
      misses++;
      if (resident === frames) isResident[deadPages.pop() ?? pages[furthest.pop()]] = 0;
      else resident++;
      isResident[page] = 1;
    }
    if (next[at] === NEVER_AGAIN) deadPages.push(page);
    else furthest.push(next[at]);
    // Entries of references that have been made sink to the bottom; now and then they go.
    if (furthest.size > 4 * frames + 1024) furthest.keepAbove(at);
  }
  return misses;
}
