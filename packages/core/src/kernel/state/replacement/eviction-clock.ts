/** Instead of a shadow entry: the page was never evicted, or it is not known when. */
export const NO_SHADOW = 0;

/** Instead of a refault distance: the page does not come back from an eviction that counts. */
export const NO_REFAULT = -1;

const MASK = 0x7fff_ffff;

/**
 * Counts a VM's evictions and activations, as Linux's nonresident_age does (mm/workingset.c, 5.9 and later). What the
 * clock shows at a page's eviction is its shadow entry; how far the clock has advanced since is its refault distance:
 * with this many pages more it would not have been evicted.
 */
export class EvictionClock {
  private now = 0;

  advance(): void {
    this.now = (this.now + 1) & MASK;
  }

  /** The shadow entry of a page that is evicted now: 1 to 2^31. */
  shadow(): number {
    return this.now + 1;
  }

  distanceSince(shadow: number): number {
    return (this.now - (shadow - 1)) & MASK;
  }

  save(): number {
    return this.now;
  }

  load(now: number): void {
    this.now = now;
  }
}
