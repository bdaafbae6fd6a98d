import { NO_PAGE, type RealPage } from "../ids/index.ts";
import type { Replacement } from "../scenario/index.ts";
import { GUEST_ACCESSED } from "./access-bits.ts";
import { PageList, type PageListState } from "./page-list.ts";

/** How a guest OS chooses the real page that must make room, among the pages its processes use. */
export type ReplacementList = {
  /** Whether `touched` must be called at every access. */
  readonly needsTouches: boolean;
  loaded(page: RealPage): void;
  touched(page: RealPage): void;
  removed(page: RealPage): void;
  /** The next victim, still on the list; NO_PAGE if the list is empty. May clear accessed bits. */
  chooseVictim(): RealPage;
  save(): PageListState;
  load(state: PageListState): void;
};

abstract class ListReplacement implements ReplacementList {
  abstract readonly needsTouches: boolean;
  protected readonly list: PageList;

  constructor(pages: number) {
    this.list = new PageList(pages);
  }

  abstract chooseVictim(): RealPage;

  loaded(page: RealPage): void {
    this.list.append(page);
  }

  touched(page: RealPage): void {
    this.list.moveToEnd(page);
  }

  removed(page: RealPage): void {
    this.list.remove(page);
  }

  save(): PageListState {
    return this.list.save();
  }

  load(state: PageListState): void {
    this.list.load(state);
  }
}

/** First in, first out. */
class Fifo extends ListReplacement {
  readonly needsTouches = false;

  chooseVictim(): RealPage {
    return this.list.first as RealPage;
  }
}

/** Exact least recently used: the order of last accesses. */
class Lru extends ListReplacement {
  readonly needsTouches = true;

  chooseVictim(): RealPage {
    return this.list.first as RealPage;
  }
}

/**
 * Second chance: the list's head is where the hand points. A page with its accessed bit set loses the bit and moves
 * behind the hand; a loaded page comes behind the hand too, so the hand moves past it.
 */
class Clock extends ListReplacement {
  readonly needsTouches = false;
  private readonly accessBits: Uint8Array;

  constructor(pages: number, accessBits: Uint8Array) {
    super(pages);
    this.accessBits = accessBits;
  }

  chooseVictim(): RealPage {
    let page = this.list.first;
    while (page !== NO_PAGE && (this.accessBits[page] & GUEST_ACCESSED) !== 0) {
      this.accessBits[page] &= ~GUEST_ACCESSED;
      this.list.moveToEnd(page);
      page = this.list.first;
    }
    return page as RealPage;
  }
}

export function createReplacement(kind: Replacement, pages: number, accessBits: Uint8Array): ReplacementList {
  switch (kind) {
    case "fifo":
      return new Fifo(pages);
    case "lru":
      return new Lru(pages);
    case "clock":
      return new Clock(pages, accessBits);
  }
}
