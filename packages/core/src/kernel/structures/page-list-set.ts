import { assert } from "../../assert/index.ts";
import { NO_PAGE } from "../../ids/index.ts";

/** Instead of the page before one that is on no list. */
const NOT_LISTED = -2;

export type PageListSetState = {
  next: Int32Array;
  previous: Int32Array;
  heads: Int32Array;
  tails: Int32Array;
  lengths: Int32Array;
};

/**
 * Several doubly linked lists of page numbers below a bound, in typed arrays: a page is on one of them at most, so that
 * all of them share the links. Every operation takes constant time. A list's head is its oldest page.
 */
export class PageListSet {
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly heads: Int32Array;
  private readonly tails: Int32Array;
  private readonly lengths: Int32Array;

  constructor(pages: number, lists: number) {
    this.next = new Int32Array(pages).fill(NO_PAGE);
    this.previous = new Int32Array(pages).fill(NOT_LISTED);
    this.heads = new Int32Array(lists).fill(NO_PAGE);
    this.tails = new Int32Array(lists).fill(NO_PAGE);
    this.lengths = new Int32Array(lists);
  }

  /** The page at a list's head, or NO_PAGE. */
  first(list: number): number {
    return this.heads[list];
  }

  length(list: number): number {
    return this.lengths[list];
  }

  append(list: number, page: number): void {
    assert(this.previous[page] === NOT_LISTED, () => `page ${page} comes to list ${list} and is on one already`);
    const last = this.tails[list];
    this.previous[page] = last;
    this.next[page] = NO_PAGE;
    if (last === NO_PAGE) this.heads[list] = page;
    else this.next[last] = page;
    this.tails[list] = page;
    this.lengths[list]++;
  }

  /** The page must be on this list. */
  remove(list: number, page: number): void {
    const before = this.previous[page];
    const after = this.next[page];
    assert(before !== NOT_LISTED && this.lengths[list] > 0, () => `page ${page} leaves list ${list} and is on none`);
    this.previous[page] = NOT_LISTED;
    if (before === NO_PAGE) this.heads[list] = after;
    else this.next[before] = after;
    if (after === NO_PAGE) this.tails[list] = before;
    else this.previous[after] = before;
    this.lengths[list]--;
  }

  save(): PageListSetState {
    return {
      next: this.next.slice(),
      previous: this.previous.slice(),
      heads: this.heads.slice(),
      tails: this.tails.slice(),
      lengths: this.lengths.slice(),
    };
  }

  load(state: PageListSetState): void {
    this.next.set(state.next);
    this.previous.set(state.previous);
    this.heads.set(state.heads);
    this.tails.set(state.tails);
    this.lengths.set(state.lengths);
  }
}
