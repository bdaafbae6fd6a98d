import { NEVER_AGAIN } from "../reuse/index.ts";
import { type AlgorithmChoice, createCache } from "./algorithm-choice.ts";
import { nextUsesOf } from "./next-uses.ts";

/** What one reference found and did. */
export type GridStep = {
  readonly reference: string;
  readonly isFault: boolean;
  /** The page that had to leave, or null. */
  readonly victim: string | null;
  /** By frame: its page behind the reference, or null. */
  readonly frames: readonly (string | null)[];
};

/** The textbook's table of one algorithm with one number of frames: a column for each reference. */
export type ReferenceGrid = {
  readonly policy: string;
  readonly frames: number;
  readonly faults: number;
  readonly steps: readonly GridStep[];
};

/** Steps through a sequence of references, which may be any words. A page stays in its frame; one that comes in takes the victim's. */
export function referenceGrid(references: readonly string[], choice: AlgorithmChoice, frames: number, seed: number): ReferenceGrid {
  const names = [...new Set(references)];
  const pages = Uint32Array.from(references, (reference) => names.indexOf(reference));
  const pageCount = Math.max(1, names.length);
  const block = { pages, length: pages.length };
  const nextUses = nextUsesOf({ referenceCount: pages.length, pageCount, blockCount: 1, block: () => block });
  const cache = createCache(choice, { frames: Math.min(frames, pageCount), pageCount, seed, nextUses });
  const held = new Array<number | null>(frames).fill(null);
  const nextOf = new Map<number, number>();
  const steps = references.map((reference, at): GridStep => {
    const before = cache.misses;
    cache.access(pages.subarray(at), 1);
    nextOf.set(pages[at], nextUses[at]);
    const isFault = cache.misses > before;
    const victim = isFault ? place(held, pages[at], (page) => cache.holds(page, nextOf.get(page) ?? NEVER_AGAIN)) : null;
    const nameOf = (page: number | null): string | null => (page === null ? null : names[page]);
    return { reference, isFault, victim: nameOf(victim), frames: held.map(nameOf) };
  });
  return { policy: choice.label, frames, faults: cache.misses, steps };
}

/** Puts a page into the frame of the one that left, or into the first that is free. Returns what left. */
function place(held: (number | null)[], page: number, isResident: (page: number) => boolean): number | null {
  const left = held.findIndex((other) => other !== null && !isResident(other));
  const frame = left >= 0 ? left : held.indexOf(null);
  const victim = held[frame];
  held[frame] = page;
  return victim;
}
