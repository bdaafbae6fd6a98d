import { assert } from "../../assert/index.ts";
import { NO_PAGE } from "../../ids/index.ts";
import { PageLinks, type PageLinksState } from "./page-links.ts";

export type PageListState = { readonly links: PageLinksState; readonly head: number; readonly tail: number };

/** A doubly linked list of page numbers below a bound, in two typed arrays: every operation takes constant time. */
export class PageList {
  readonly #links: PageLinks;
  #head = NO_PAGE;
  #tail = NO_PAGE;

  constructor(pages: number) {
    this.#links = new PageLinks(pages);
  }

  /** The page at the head, or NO_PAGE. */
  get first(): number {
    return this.#head;
  }

  /** The page behind one on the list, or NO_PAGE. */
  after(page: number): number {
    return this.#links.after(page);
  }

  append(page: number): void {
    assert(!this.#links.isListed(page), () => `page ${page} is on the list already`);
    this.#links.append(page, this.#tail);
    if (this.#tail === NO_PAGE) this.#head = page;
    this.#tail = page;
  }

  remove(page: number): void {
    assert(this.#links.isListed(page), () => `page ${page} is not on the list`);
    if (page === this.#head) this.#head = this.#links.after(page);
    if (page === this.#tail) this.#tail = this.#links.before(page);
    this.#links.remove(page);
  }

  moveToEnd(page: number): void {
    if (this.#tail === page) return;
    this.remove(page);
    this.append(page);
  }

  save(): PageListState {
    return { links: this.#links.save(), head: this.#head, tail: this.#tail };
  }

  load({ links, head, tail }: PageListState): void {
    this.#links.load(links);
    this.#head = head;
    this.#tail = tail;
  }
}
