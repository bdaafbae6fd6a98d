import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { VmSpec } from "../../../scenario/index.ts";
import type { AccessBits } from "../access-bits.ts";
import { NO_REFAULT, NO_SHADOW } from "./eviction-clock.ts";
import { PageList, type PageListState } from "../../structures/page-list.ts";
import type { PageFilter, ReplacementList, ReplacementState } from "./replacement-list.ts";
import { TwoList } from "./two-list.ts";

/** One list for all pages, whatever they hold. */
abstract class ListReplacement implements ReplacementList {
  abstract readonly notifiedAccesses: "all" | "none";
  protected readonly list: PageList;

  constructor(pages: number) {
    this.list = new PageList(pages);
  }

  abstract chooseVictim(mayLeave: PageFilter | null): RealPage;

  onLoad(page: RealPage): number {
    this.list.append(page);
    return NO_REFAULT;
  }

  onAccess(page: RealPage): void {
    this.list.moveToEnd(page);
  }

  evicted(page: RealPage): number {
    this.list.remove(page);
    return NO_SHADOW;
  }

  freed(page: RealPage): void {
    this.list.remove(page);
  }

  /** In the order of the list; those that may not leave keep their places. */
  protected firstLeaving(mayLeave: PageFilter | null): RealPage {
    let page = this.list.first;
    if (mayLeave === null) return page as RealPage;
    while (page !== NO_PAGE && !mayLeave(page as RealPage)) page = this.list.after(page);
    return page as RealPage;
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
  readonly notifiedAccesses = "none";

  chooseVictim(mayLeave: PageFilter | null): RealPage {
    return this.firstLeaving(mayLeave);
  }
}

/** Exact least recently used: the order of last accesses. */
class Lru extends ListReplacement {
  readonly notifiedAccesses = "all";

  chooseVictim(mayLeave: PageFilter | null): RealPage {
    return this.firstLeaving(mayLeave);
  }
}

/**
 * Second chance: the list's head is where the hand points. A page with its accessed bit set loses the bit and moves
 * behind the hand; a loaded page comes behind the hand too, so the hand moves past it. It moves past a page that may not
 * leave, too.
 */
class Clock extends ListReplacement {
  readonly notifiedAccesses = "none";
  private readonly accessBits: AccessBits;

  constructor(pages: number, accessBits: AccessBits) {
    super(pages);
    this.accessBits = accessBits;
  }

  chooseVictim(mayLeave: PageFilter | null): RealPage {
    /** The first page that the hand passed since it last cleared a bit: once round to it, none may leave. */
    let passed = NO_PAGE as RealPage;
    for (let page = this.list.first as RealPage; page !== NO_PAGE; page = this.list.first as RealPage) {
      if (this.accessBits.wasAccessedByGuest(page)) {
        this.accessBits.clearAccessedByGuest(page);
        passed = NO_PAGE as RealPage;
      } else if (mayLeave === null || mayLeave(page)) return page;
      else if (passed === page) break;
      else if (passed === NO_PAGE) passed = page;
      this.list.moveToEnd(page);
    }
    return NO_PAGE as RealPage;
  }
}

export function createReplacement(spec: VmSpec, accessBits: AccessBits): ReplacementList {
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
