import { assert } from "../../assert/index.ts";
import { NO_PAGE } from "../../ids/index.ts";

/** Instead of the page before one that is not on the list. */
const NOT_LISTED = -2;

export type PageListState = { next: Int32Array; previous: Int32Array; head: number; tail: number };

/** A doubly linked list of page numbers below a bound, in two typed arrays: every operation takes constant time. */
export class PageList {
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private head = NO_PAGE;
  private tail = NO_PAGE;

  constructor(pages: number) {
    this.next = new Int32Array(pages).fill(NO_PAGE);
    this.previous = new Int32Array(pages).fill(NOT_LISTED);
  }

  /** The page at the head, or NO_PAGE. */
  get first(): number {
    return this.head;
  }

  /** The page behind one on the list, or NO_PAGE. */
  after(page: number): number {
    return this.next[page];
  }

  append(page: number): void {
    assert(this.previous[page] === NOT_LISTED, () => `page ${page} is on the list already`);
    this.previous[page] = this.tail;
    this.next[page] = NO_PAGE;
    if (this.tail === NO_PAGE) this.head = page;
    else this.next[this.tail] = page;
    this.tail = page;
  }

  remove(page: number): void {
    const before = this.previous[page];
    const after = this.next[page];
    assert(before !== NOT_LISTED, () => `page ${page} is not on the list`);
    this.previous[page] = NOT_LISTED;
    if (before === NO_PAGE) this.head = after;
    else this.next[before] = after;
    if (after === NO_PAGE) this.tail = before;
    else this.previous[after] = before;
  }

  moveToEnd(page: number): void {
    if (this.tail === page) return;
    this.remove(page);
    this.append(page);
  }

  save(): PageListState {
    return { next: this.next.slice(), previous: this.previous.slice(), head: this.head, tail: this.tail };
  }

  load(state: PageListState): void {
    this.next.set(state.next);
    this.previous.set(state.previous);
    this.head = state.head;
    this.tail = state.tail;
  }
}
