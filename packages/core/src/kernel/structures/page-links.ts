import { NO_PAGE } from "../../ids/index.ts";
import { loadSparse, saveSparse, type SparseColumn } from "./sparse-column.ts";

export type PageLinksState = { readonly next: SparseColumn<Int32Array>; readonly previous: SparseColumn<Int32Array> };

/** Added to a page number in `next`: 0 is the end of a list. */
const NEXT_BIAS = 1;
/** Added to a page number in `previous`: 0 is a page on no list, 1 the head of a list. */
const PREVIOUS_BIAS = 2;

/**
 * The links of doubly linked lists of page numbers; a page is on one list at most, so that all share them. Pages on no list are
 * zeros, so that memory which was never written to is not taken from the system.
 */
export class PageLinks {
  readonly #next: Int32Array;
  readonly #previous: Int32Array;

  constructor(pages: number) {
    this.#next = new Int32Array(pages);
    this.#previous = new Int32Array(pages);
  }

  isListed(page: number): boolean {
    return this.#previous[page] !== 0;
  }

  /** The page behind one on a list, or NO_PAGE. */
  after(page: number): number {
    return this.#next[page] - NEXT_BIAS;
  }

  /** The page before one on a list, or NO_PAGE. */
  before(page: number): number {
    return this.#previous[page] - PREVIOUS_BIAS;
  }

  /** Behind the last page of a list; NO_PAGE: the list is empty. */
  append(page: number, last: number): void {
    this.#previous[page] = last + PREVIOUS_BIAS;
    this.#next[page] = NO_PAGE + NEXT_BIAS;
    if (last !== NO_PAGE) this.#next[last] = page + NEXT_BIAS;
  }

  remove(page: number): void {
    const next = this.#next[page];
    const previous = this.#previous[page];
    if (previous !== NO_PAGE + PREVIOUS_BIAS) this.#next[previous - PREVIOUS_BIAS] = next;
    if (next !== NO_PAGE + NEXT_BIAS) this.#previous[next - NEXT_BIAS] = previous;
    this.#previous[page] = 0;
    this.#next[page] = 0;
  }

  save(): PageLinksState {
    return { next: saveSparse(this.#next), previous: saveSparse(this.#previous) };
  }

  load({ next, previous }: PageLinksState): void {
    loadSparse(this.#next, next);
    loadSparse(this.#previous, previous);
  }
}
