/**
 * Page replacement written to be read, not to be fast: the oracle that the kernel's own replacement is tested against.
 * Every function counts the misses of a sequence of page numbers with `frameCount` frames, all empty at the start.
 */
export type MissCounter = (pages: readonly number[], frameCount: number) => number;

/** Evicts the page that was loaded first. */
export const countFifoMisses: MissCounter = (pages, frameCount) => {
  const loaded = new Set<number>();
  let misses = 0;
  for (const page of pages) {
    if (loaded.has(page)) continue;
    misses += 1;
    if (loaded.size === frameCount) loaded.delete(firstOf(loaded));
    loaded.add(page);
  }
  return misses;
};

/** Evicts the page whose last reference is longest ago. */
export const countLruMisses: MissCounter = (pages, frameCount) => {
  const leastRecentFirst = new Set<number>();
  let misses = 0;
  for (const page of pages) {
    if (!leastRecentFirst.delete(page)) {
      misses += 1;
      if (leastRecentFirst.size === frameCount) leastRecentFirst.delete(firstOf(leastRecentFirst));
    }
    leastRecentFirst.add(page);
  }
  return misses;
};

/**
 * Evicts the first page at or behind the hand whose reference bit is clear, clearing the bits it passes; the hand then
 * stands behind the loaded page. Empty frames are filled in order first. A hit sets the bit; a load sets it as a
 * memory management unit does (`set`), or leaves it clear as libCacheSim does (`clear`).
 */
export function countClockMisses(pages: readonly number[], frameCount: number, referenceBitOnLoad: "set" | "clear"): number {
  const frames: { page: number; referenced: boolean }[] = [];
  const frameOfPage = new Map<number, number>();
  let hand = 0;
  let misses = 0;
  for (const page of pages) {
    const hit = frames[frameOfPage.get(page) ?? frameCount];
    if (hit !== undefined) {
      hit.referenced = true;
      continue;
    }
    misses += 1;
    for (let frame = frames[hand]; frame?.referenced; frame = frames[hand]) {
      frame.referenced = false;
      hand = (hand + 1) % frameCount;
    }
    const evicted = frames[hand];
    if (evicted !== undefined) frameOfPage.delete(evicted.page);
    frames[hand] = { page, referenced: referenceBitOnLoad === "set" };
    frameOfPage.set(page, hand);
    hand = (hand + 1) % frameCount;
  }
  return misses;
}

/** Evicts the page whose next reference is farthest ahead (Belady 1966): no replacement misses less. */
export const countOptimalMisses: MissCounter = (pages, frameCount) => {
  const nextUse = nextUses(pages);
  const nextUseOfLoaded = new Map<number, number>();
  let misses = 0;
  for (const [time, page] of pages.entries()) {
    if (!nextUseOfLoaded.has(page)) {
      misses += 1;
      if (nextUseOfLoaded.size === frameCount) nextUseOfLoaded.delete(keyOfLargest(nextUseOfLoaded));
    }
    nextUseOfLoaded.set(page, nextUse[time]);
  }
  return misses;
};

/** For each reference the time of the next one to the same page; Infinity if there is none. */
function nextUses(pages: readonly number[]): number[] {
  const next: number[] = [];
  const seenAt = new Map<number, number>();
  for (let time = pages.length - 1; time >= 0; time -= 1) {
    const page = pages[time];
    next[time] = seenAt.get(page) ?? Infinity;
    seenAt.set(page, time);
  }
  return next;
}

function firstOf(set: ReadonlySet<number>): number {
  for (const value of set) return value;
  throw new RangeError("a replacement needs at least one frame");
}

function keyOfLargest(map: ReadonlyMap<number, number>): number {
  let key = -1;
  let largest = -Infinity;
  for (const [candidate, value] of map) {
    if (value > largest) [key, largest] = [candidate, value];
  }
  return key;
}
