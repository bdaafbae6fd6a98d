import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import { PageList, type PageListState } from "../../structures/page-list.ts";
import { NO_REFAULT, NO_SHADOW } from "./eviction-clock.ts";
import type { PageFilter, ReplacementList, ReplacementState } from "./replacement-list.ts";

/** One list for all pages, whatever they hold. */
export abstract class ListReplacement implements ReplacementList {
  abstract readonly notifiedAccesses: "latest" | "none";
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
