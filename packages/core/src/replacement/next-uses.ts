import { NEVER_AGAIN } from "../reuse/index.ts";
import type { ReferenceBlocks } from "./reference-blocks.ts";

/** For each reference the index of the next one to the same page, or NEVER_AGAIN. */
export function nextUsesOf(source: ReferenceBlocks): Int32Array {
  const next = new Int32Array(source.referenceCount);
  const seenAt = new Int32Array(source.pageCount).fill(NEVER_AGAIN);
  let at = source.referenceCount;
  for (let index = source.blockCount - 1; index >= 0; index--) {
    const { pages, length } = source.block(index);
    for (let within = length - 1; within >= 0; within--) {
      const page = pages[within];
      next[--at] = seenAt[page];
      seenAt[page] = at;
    }
  }
  return next;
}
