import { assert } from "../../assert/index.ts";
import { NO_PAGE } from "../../ids/index.ts";
import { PageLinks, type PageLinksState } from "./page-links.ts";

export type PageListSetState = {
  links: PageLinksState;
  heads: Int32Array;
  tails: Int32Array;
  lengths: Int32Array;
};

/**
 * Several doubly linked lists of page numbers below a bound, in typed arrays: a page is on one of them at most, so that
 * all of them share the links. Every operation takes constant time. A list's head is its oldest page.
 */
export class PageListSet {
  private readonly links: PageLinks;
  private readonly heads: Int32Array;
  private readonly tails: Int32Array;
  private readonly lengths: Int32Array;

  constructor(pages: number, lists: number) {
    this.links = new PageLinks(pages);
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
    assert(!this.links.isListed(page), () => `page ${page} comes to list ${list} and is on one already`);
    const last = this.tails[list];
    this.links.append(page, last);
    if (last === NO_PAGE) this.heads[list] = page;
    this.tails[list] = page;
    this.lengths[list]++;
  }

  /** The page must be on this list. */
  remove(list: number, page: number): void {
    assert(this.links.isListed(page) && this.lengths[list] > 0, () => `page ${page} leaves list ${list} and is on none`);
    if (page === this.heads[list]) this.heads[list] = this.links.after(page);
    if (page === this.tails[list]) this.tails[list] = this.links.before(page);
    this.links.remove(page);
    this.lengths[list]--;
  }

  save(): PageListSetState {
    return {
      links: this.links.save(),
      heads: this.heads.slice(),
      tails: this.tails.slice(),
      lengths: this.lengths.slice(),
    };
  }

  load(state: PageListSetState): void {
    this.links.load(state.links);
    this.heads.set(state.heads);
    this.tails.set(state.tails);
    this.lengths.set(state.lengths);
  }
}
