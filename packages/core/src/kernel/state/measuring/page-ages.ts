import { loadSparse, saveSparse, type SparseColumn } from "../../structures/sparse-column.ts";
import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import { assert } from "../../../assert/index.ts";
import type { AccessBits } from "../access-bits.ts";

/** Ages are kept in a byte: the highest stands for any that is higher. */
export const MAX_AGE_SCANS = 255;

export type PageAgesState = { ages: SparseColumn<Uint8Array>; counts: Float64Array; handAge: number; handPage: number };

/**
 * For how many scans of accessed bits each resident page of a VM was left alone, as kstaled and DAMON keep it: 0 for one
 * that was accessed before the last scan and after the one before it, or that got its frame since.
 */
export class PageAges {
  /** Per real page; of no meaning for one without a frame. */
  private readonly ages: Uint8Array;
  /** Resident pages by age. */
  private readonly counts = new Float64Array(MAX_AGE_SCANS + 1);
  /** No page is older than the hand's age, and none of that age comes before the hand's page, since the last scan. */
  private handAge = MAX_AGE_SCANS;
  private handPage = 0;

  constructor(pages: number) {
    this.ages = new Uint8Array(pages);
  }

  /** Reads and clears the accessed bits of all resident pages. */
  scan(realMap: Int32Array, accessBits: AccessBits): void {
    const { ages, counts } = this;
    counts.fill(0);
    for (let page = 0; page < ages.length; page++) {
      if (realMap[page] === NO_PAGE) continue;
      const age = accessBits.scanAge(page) ? 0 : Math.min(MAX_AGE_SCANS, ages[page] + 1);
      ages[page] = age;
      counts[age]++;
    }
    this.handAge = MAX_AGE_SCANS;
    this.handPage = 0;
  }

  /** Pages that were mapped and not unmapped. */
  get pages(): number {
    return this.counts.reduce((sum, pages) => sum + pages, 0);
  }

  /** The highest age of any resident page, and how many have it. */
  get oldest(): { scans: number; pages: number } {
    let scans = MAX_AGE_SCANS;
    while (scans > 0 && this.counts[scans] === 0) scans--;
    return { scans, pages: this.counts[scans] };
  }

  /** Resident pages by age, up to the oldest. */
  histogram(): number[] {
    const { scans, pages } = this.oldest;
    return pages === 0 ? [] : [...this.counts.subarray(0, scans + 1)];
  }

  /** A page got a frame. */
  mapped(page: RealPage): void {
    this.ages[page] = 0;
    this.counts[0]++;
    if (this.handAge > 0) return;
    this.handPage = this.handAge < 0 ? page : Math.min(this.handPage, page);
    this.handAge = 0;
  }

  unmapped(page: RealPage): void {
    const age = this.ages[page];
    assert(this.counts[age] > 0, () => `real page ${page} of age ${age} loses its frame, but no page has that age`);
    this.counts[age]--;
  }

  /**
   * The oldest page that may be taken, the lowest number among equals, if it was not accessed for at least this many scans
   * and until now; else NO_PAGE. The search continues after where the last one stopped, so that all together pass each age of a
   * VM's pages once, and a page that was not taken is not found again before the next scan.
   */
  findOldest(
    minimumScans: number,
    realMap: Int32Array,
    isAccessed: (page: RealPage) => boolean,
    mayBeTaken: (page: RealPage) => boolean,
  ): RealPage {
    const { ages, counts } = this;
    while (this.handAge >= minimumScans) {
      const age = this.handAge;
      while (counts[age] > 0 && this.handPage < ages.length) {
        const page = this.handPage++ as RealPage;
        if (ages[page] !== age || realMap[page] === NO_PAGE) continue;
        if (age > 0 && isAccessed(page)) this.rejuvenate(page);
        else if (mayBeTaken(page)) return page;
      }
      this.handAge--;
      this.handPage = 0;
    }
    return NO_PAGE as RealPage;
  }

  /** Its bit stays set, so that the next scan finds it accessed too. */
  private rejuvenate(page: RealPage): void {
    this.counts[this.ages[page]]--;
    this.ages[page] = 0;
    this.counts[0]++;
  }

  save(): PageAgesState {
    const { ages, counts, handAge, handPage } = this;
    return { ages: saveSparse(ages), counts: counts.slice(), handAge, handPage };
  }

  load(state: PageAgesState): void {
    loadSparse(this.ages, state.ages);
    this.counts.set(state.counts);
    this.handAge = state.handAge;
    this.handPage = state.handPage;
  }
}
