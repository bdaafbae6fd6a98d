import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import { inactiveRatio } from "../../../replacement/index.ts";
import type { AccessBits } from "../access-bits.ts";
import { EvictionClock, NO_REFAULT, NO_SHADOW } from "./eviction-clock.ts";
import { PageListSet, type PageListSetState } from "../../structures/page-list-set.ts";
import { loadSparse, saveSparse, type SparseColumn } from "../../structures/sparse-column.ts";
import { type PageFilter, PageKind, type ReplacementList, type ReplacementState } from "./replacement-list.ts";

/** What is known of a page besides its accessed bit. The two lowest bits together are the number of its list. */
const ACTIVE = 1;
const FILE = 2;
const LIST = ACTIVE | FILE;
/** Linux's PG_referenced: it was found accessed once. */
const REFERENCED = 4;
/** Reached through the page cache only: its reads are told by `onAccess`, not by an accessed bit. */
const CACHED = 8;
/** Linux's PG_reclaim: a dirty page of a file that was passed over once, so that clean ones go first. */
const SPARED = 16;

const ANONYMOUS = 0;
/** Swappiness at which anonymous pages and pages of files are taken alike. */
const EVEN_SWAPPINESS = 100;
/** One whole victim, in the unit of the credit by which anonymous pages get their share of the victims. */
const WHOLE = 65_536;

export type TwoListState = {
  lists: PageListSetState;
  marks: SparseColumn<Uint8Array>;
  clock: number;
  refaults: number[];
  credit: number;
};

/**
 * Active and inactive lists for anonymous pages and for those of files, with Linux's rules of 5.9 to 6.x for one memory
 * node without cgroups (mm/vmscan.c, mm/workingset.c, mm/swap.c), one page at a time where Linux takes 32.
 */
export class TwoList implements ReplacementList {
  readonly notifiedAccesses = "cached";
  private readonly lists: PageListSet;
  private readonly marks: Uint8Array;
  private readonly accessBits: AccessBits;
  private readonly swappiness: number;
  private readonly clock = new EvictionClock();
  /** By kind's list number: 1 if a refault was activated since the kind was last searched for a victim. */
  private readonly refaults = [0, 0, 0];
  private credit = 0;

  constructor(pages: number, accessBits: AccessBits, swappiness: number) {
    this.lists = new PageListSet(pages, 4);
    this.marks = new Uint8Array(pages);
    this.accessBits = accessBits;
    this.swappiness = swappiness;
  }

  /** New pages are inactive; one that comes back within its refault distance is active immediately. */
  onLoad(page: RealPage, kind: PageKind, shadow: number): number {
    const type = kind === PageKind.Anonymous ? ANONYMOUS : FILE;
    const distance = shadow === NO_SHADOW ? NO_REFAULT : this.clock.distanceSince(shadow);
    const isBack = distance !== NO_REFAULT && distance <= this.workingSetPages(type);
    this.marks[page] = type | (kind === PageKind.CachedFile ? CACHED : 0) | (isBack ? ACTIVE : 0);
    if (isBack) {
      this.clock.advance();
      this.refaults[type] = 1;
    }
    this.lists.append(this.marks[page] & LIST, page);
    return isBack ? distance : NO_REFAULT;
  }

  /** A read through the page cache: the second one activates (mark_page_accessed). */
  onAccess(page: RealPage): void {
    const marks = this.marks[page];
    if ((marks & CACHED) === 0) return;
    if ((marks & REFERENCED) === 0) this.marks[page] = marks | REFERENCED;
    else if ((marks & ACTIVE) === 0) {
      this.marks[page] = marks & ~REFERENCED;
      this.activate(page);
    }
  }

  evicted(page: RealPage): number {
    this.lists.remove(this.marks[page] & LIST, page);
    const shadow = this.clock.shadow();
    this.clock.advance();
    return shadow;
  }

  freed(page: RealPage): void {
    this.lists.remove(this.marks[page] & LIST, page);
  }

  chooseVictim(mayLeave: PageFilter | null): RealPage {
    const type = this.chooseType(mayLeave !== null);
    const isDisturbed = this.refaults[type] === 1;
    this.refaults[type] = 0;
    if (isDisturbed) this.deactivateOldest(type);
    /** While each of these takes an active page along, twice as many as there are pages have met every one. */
    for (let kept = 0; kept <= 2 * this.size(type);) {
      while (this.isInactiveLow(type)) this.deactivateOldest(type);
      const page = this.lists.first(type) as RealPage;
      if (page === NO_PAGE) return page;
      if (!this.mayGo(page)) continue;
      if (mayLeave === null || mayLeave(page)) return page;
      kept++;
      this.moveToEnd(page);
      this.deactivateOldest(type);
    }
    return NO_PAGE as RealPage;
  }

  /**
   * Anonymous or file. Inactive pages of files go first while there are enough of them and none of them came back: read
   * once, they are cold. Else both kinds in proportion to their sizes, weighted by swappiness : 200 - swappiness. Without a
   * place in the guest's swap anonymous pages are left alone while there is any page of a file (get_scan_count).
   */
  private chooseType(isSwapFull: boolean): number {
    const anonymous = this.size(ANONYMOUS);
    const file = this.size(FILE);
    if (anonymous === 0) return FILE;
    if (file === 0) return ANONYMOUS;
    if (isSwapFull) return FILE;
    const isCacheCold = this.lists.length(FILE) > 0 && this.refaults[FILE] === 0 && !this.isInactiveLow(FILE);
    if (isCacheCold) return FILE;
    const anonymousWeight = anonymous * this.swappiness;
    const fileWeight = file * (2 * EVEN_SWAPPINESS - this.swappiness);
    this.credit += Math.floor((anonymousWeight * WHOLE) / (anonymousWeight + fileWeight));
    if (this.credit < WHOLE) return FILE;
    this.credit -= WHOLE;
    return ANONYMOUS;
  }

  /** Whether the oldest inactive page is the victim; if not, it is moved (page_check_references, shrink_page_list). */
  private mayGo(page: RealPage): boolean {
    const marks = this.marks[page];
    const isAccessed = (marks & CACHED) === 0 && this.accessBits.wasAccessedByGuest(page);
    if (isAccessed) {
      this.accessBits.clearAccessedByGuest(page);
      this.marks[page] = marks | REFERENCED;
      if ((marks & REFERENCED) !== 0) this.activate(page);
      else this.moveToEnd(page);
      return false;
    }
    this.marks[page] = marks & ~REFERENCED;
    const isDirty = this.accessBits.isDirty(page);
    if (!isDirty || (marks & FILE) === 0 || (marks & SPARED) !== 0) return true;
    this.marks[page] |= SPARED;
    this.moveToEnd(page);
    return false;
  }

  /** Pages that a refaulting page of a kind could drive out, were all of them to go (workingset_refault). */
  private workingSetPages(type: number): number {
    const other = type === FILE ? ANONYMOUS : FILE;
    return this.lists.length(type | ACTIVE) + this.size(other);
  }

  private isInactiveLow(type: number): boolean {
    return this.lists.length(type) * inactiveRatio(this.size(type)) < this.lists.length(type | ACTIVE);
  }

  private size(type: number): number {
    return this.lists.length(type) + this.lists.length(type | ACTIVE);
  }

  private activate(page: RealPage): void {
    this.lists.remove(this.marks[page] & LIST, page);
    this.marks[page] |= ACTIVE;
    this.lists.append(this.marks[page] & LIST, page);
    this.clock.advance();
  }

  private deactivateOldest(type: number): void {
    const page = this.lists.first(type | ACTIVE);
    if (page === NO_PAGE) return;
    this.lists.remove(type | ACTIVE, page);
    this.marks[page] &= ~ACTIVE;
    this.accessBits.clearAccessedByGuest(page);
    this.lists.append(type, page);
  }

  private moveToEnd(page: RealPage): void {
    const list = this.marks[page] & LIST;
    this.lists.remove(list, page);
    this.lists.append(list, page);
  }

  save(): TwoListState {
    return {
      lists: this.lists.save(),
      marks: saveSparse(this.marks),
      clock: this.clock.save(),
      refaults: [...this.refaults],
      credit: this.credit,
    };
  }

  load(state: ReplacementState): void {
    const saved = state as TwoListState;
    this.lists.load(saved.lists);
    loadSparse(this.marks, saved.marks);
    this.clock.load(saved.clock);
    saved.refaults.forEach((refault, type) => (this.refaults[type] = refault));
    this.credit = saved.credit;
  }
}
