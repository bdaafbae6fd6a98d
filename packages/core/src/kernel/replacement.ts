import { NO_PAGE, type RealPage } from "../ids/index.ts";
import type { VmSpec } from "../scenario/index.ts";
import { GUEST_ACCESSED } from "./access-bits.ts";
import { NO_REFAULT, NO_SHADOW } from "./eviction-clock.ts";
import { PageList, type PageListState } from "./page-list.ts";
import type { ReplacementList, ReplacementState } from "./replacement-list.ts";
import { TwoList } from "./two-list.ts";

/** One list for all pages, whatever they hold. */
abstract class ListReplacement implements ReplacementList {
  abstract readonly touches: "all" | "none";
  protected readonly list: PageList;

  constructor(pages: number) {
    this.list = new PageList(pages);
  }

  abstract chooseVictim(): RealPage;

  loaded(page: RealPage): number {
    this.list.append(page);
    return NO_REFAULT;
  }

  touched(page: RealPage): void {
    this.list.moveToEnd(page);
  }

  evicted(page: RealPage): number {
    this.list.remove(page);
    return NO_SHADOW;
  }

  freed(page: RealPage): void {
    this.list.remove(page);
  }

  save(): PageListState {
    return this.list.save();
  }

  load(state: ReplacementState): void {
    this.list.load(state as PageListState);
  }
}

/** First in, first out. */
class Fifo extends ListReplacement {
  readonly touches = "none";

  chooseVictim(): RealPage {
    return this.list.first as RealPage;
  }
}

/** Exact least recently used: the order of last accesses. */
class Lru extends ListReplacement {
  readonly touches = "all";

  chooseVictim(): RealPage {
    return this.list.first as RealPage;
  }
}

/**
 * Second chance: the list's head is where the hand points. A page with its accessed bit set loses the bit and moves
 * behind the hand; a loaded page comes behind the hand too, so the hand moves past it.
 */
class Clock extends ListReplacement {
  readonly touches = "none";
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

export function createReplacement(spec: VmSpec, accessBits: Uint8Array): ReplacementList {
  const { replacement, configuredPages } = spec;
  switch (replacement) {
    case "fifo":
      return new Fifo(configuredPages);
    case "lru":
      return new Lru(configuredPages);
    case "clock":
      return new Clock(configuredPages, accessBits);
    case "two-list":
      return new TwoList(configuredPages, accessBits, spec.swappiness);
  }
}
