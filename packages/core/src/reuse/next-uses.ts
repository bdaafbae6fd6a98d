/** Instead of the time of a next reference: there is none. */
export const NEVER_AGAIN = 0x7fff_ffff;

/** For each reference the index of the next one to the same page, or NEVER_AGAIN. Pages are numbers below `pageCount`. */
export function nextUses(pages: Int32Array, pageCount: number): Int32Array {
  const next = new Int32Array(pages.length);
  const seenAt = new Int32Array(pageCount).fill(NEVER_AGAIN);
  for (let at = pages.length - 1; at >= 0; at--) {
    next[at] = seenAt[pages[at]];
    seenAt[pages[at]] = at;
  }
  return next;
}
