import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { AccessBits } from "../access-bits.ts";
import { ListReplacement } from "./list-replacement.ts";
import type { PageFilter } from "./replacement-list.ts";

/**
 * Second chance: the list's head is where the hand points. A page with its accessed bit set loses the bit and moves
 * behind the hand; a loaded page comes behind the hand too, so the hand moves past it. It moves past a page that may not
 * leave, too.
 */
export class Clock extends ListReplacement {
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
