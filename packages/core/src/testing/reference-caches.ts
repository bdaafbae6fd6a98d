import { Prng } from "../prng/index.ts";
import type { MissCounter } from "./reference-replacement.ts";
import { ReferenceTwoList } from "./reference-two-list.ts";

/**
 * Newer replacement algorithms as their publications state them, over arrays that are searched: the oracle for `core/replacement`.
 * The first entry of an array is its oldest page.
 */

/** Y. Zhang and others, NSDI 2024, with its queue's tail first. */
export const countSieveMisses: MissCounter = (pages, frameCount) => {
  const queue: { page: number; visited: boolean }[] = [];
  let hand = 0;
  let misses = 0;
  for (const page of pages) {
    const found = queue.find((entry) => entry.page === page);
    if (found !== undefined) {
      found.visited = true;
      continue;
    }
    misses += 1;
    if (queue.length === frameCount) {
      for (; queue[hand % frameCount].visited; hand += 1) queue[hand % frameCount].visited = false;
      hand %= frameCount;
      queue.splice(hand, 1);
      if (hand === frameCount - 1) hand = 0;
    }
    queue.push({ page, visited: false });
    // A hand that passed the newest page starts again with the oldest, not with the page that came in.
  }
  return misses;
};

/** Counts of evicted pages are forgotten; of pages with equal counts the least recently used one leaves. */
export const countLfuMisses: MissCounter = (pages, frameCount) => {
  const resident = new Map<number, { count: number; lastUse: number }>();
  let misses = 0;
  for (const [time, page] of pages.entries()) {
    const found = resident.get(page);
    if (found === undefined) {
      misses += 1;
      const [victim] = [...resident].sort(([, left], [, right]) => left.count - right.count || left.lastUse - right.lastUse);
      if (resident.size === frameCount) resident.delete(victim[0]);
    }
    resident.set(page, { count: (found?.count ?? 0) + 1, lastUse: time });
  }
  return misses;
};

/** As many draws from the same stream of random numbers as there are evictions. */
export function countRandomMisses(pages: readonly number[], frameCount: number, seed: number): number {
  const rng = Prng.named(seed, "replacement");
  const frames: number[] = [];
  let misses = 0;
  for (const page of pages) {
    if (frames.includes(page)) continue;
    misses += 1;
    if (frames.length < frameCount) frames.push(page);
    else frames[rng.nextBelow(frameCount)] = page;
  }
  return misses;
}

/** N. Megiddo and D. S. Modha, FAST 2003, figure 4. */
export const countArcMisses: MissCounter = (pages, c) => {
  let [t1, t2, b1, b2]: number[][] = [[], [], [], []];
  let p = 0;
  let misses = 0;
  const replace = (x: number): void => {
    if (t1.length > 0 && (t1.length > p || (b2.includes(x) && t1.length === p))) b1.push(...t1.splice(0, 1));
    else b2.push(...t2.splice(0, 1));
  };
  for (const x of pages) {
    const isHit = t1.includes(x) || t2.includes(x);
    if (!isHit) misses += 1;
    const isKnown = isHit || b1.includes(x) || b2.includes(x);
    if (b1.includes(x)) {
      p = Math.min(p + (b1.length >= b2.length ? 1 : b2.length / b1.length), c);
      replace(x);
    } else if (b2.includes(x)) {
      p = Math.max(p - (b2.length >= b1.length ? 1 : b1.length / b2.length), 0);
      replace(x);
    } else if (!isKnown && t1.length + b1.length === c) {
      if (t1.length < c) {
        b1.shift();
        replace(x);
      } else t1.shift();
    } else if (!isKnown && t1.length + t2.length + b1.length + b2.length >= c) {
      if (t1.length + t2.length + b1.length + b2.length === 2 * c) b2.shift();
      replace(x);
    }
    [t1, t2, b1, b2] = [t1, t2, b1, b2].map((list) => list.filter((page) => page !== x));
    (isKnown ? t2 : t1).push(x);
  }
  return misses;
};

type S3FifoForm = { readonly ghostCount: number; readonly fillsMain: boolean };

/** J. Yang and others, SOSP 2023, algorithm 1; a full main queue is noticed by the next look for room. */
export function countS3FifoMisses(pages: readonly number[], frameCount: number, { ghostCount, fillsMain }: S3FifoForm): number {
  const small: number[] = [];
  const main: number[] = [];
  const ghost: number[] = [];
  const freq = new Map<number, number>();
  const smallCount = Math.max(1, Math.floor(frameCount * 0.1));
  let misses = 0;
  let hasEvicted = false;
  const evictSmall = (): void => {
    for (let page = small.shift(); page !== undefined; page = small.shift()) {
      if ((freq.get(page) ?? 0) <= 1) {
        ghost.push(page);
        if (ghost.length > ghostCount) ghost.shift();
        return;
      }
      main.push(page);
      freq.set(page, 0);
    }
  };
  const evictMain = (): void => {
    for (let page = main.shift(); page !== undefined; page = main.shift()) {
      const count = freq.get(page) ?? 0;
      if (count === 0) return;
      main.push(page);
      freq.set(page, count - 1);
    }
  };
  for (const page of pages) {
    if (small.includes(page) || main.includes(page)) {
      freq.set(page, Math.min(3, (freq.get(page) ?? 0) + 1));
      continue;
    }
    misses += 1;
    const at = ghost.indexOf(page);
    if (at >= 0) ghost.splice(at, 1);
    while (small.length + main.length >= frameCount) {
      hasEvicted = true;
      if (small.length >= smallCount) evictSmall();
      else evictMain();
    }
    const isFilling = fillsMain && !hasEvicted && small.length >= smallCount;
    (at >= 0 || isFilling ? main : small).push(page);
    freq.set(page, 0);
  }
  return misses;
}

/** All memory anonymous, nothing written. */
export const countTwoListMisses: MissCounter = (pages, frameCount) => {
  const lists = new ReferenceTwoList(frameCount, 60);
  for (const page of pages) lists.access({ page: String(page), kind: "anonymous", isStore: false });
  return lists.misses.length;
};
