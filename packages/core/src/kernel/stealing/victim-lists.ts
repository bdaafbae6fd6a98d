import { NO_PAGE, type RealPage } from "../../ids/index.ts";
import { PageList, type PageListState } from "../page-list.ts";

/** Orders that are kept as a list of a VM's resident pages, the next victim at its head. */
export type ListedOrder = "fifo" | "clock" | "lru";

export type VictimListsState = { readonly [Order in ListedOrder]: PageListState | null };

/**
 * The lists of one VM. Each is kept only from when its order is first used, for it takes memory and, for lru, time at every
 * access; the pages that are resident by then stand in the order of their numbers.
 */
export class VictimLists {
  private readonly pages: number;
  private fifo: PageList | null = null;
  private clock: PageList | null = null;
  /** Read by the hit loop: null unless it must be told of every access. */
  lru: PageList | null = null;

  constructor(pages: number) {
    this.pages = pages;
  }

  /** The list of an order, which is kept from now on. */
  keep(order: ListedOrder, realMap: Int32Array): PageList {
    const known = this[order];
    if (known !== null) return known;
    const list = new PageList(this.pages);
    for (let page = 0; page < realMap.length; page++) if (realMap[page] !== NO_PAGE) list.append(page);
    this[order] = list;
    return list;
  }

  /** A page got a frame. */
  mapped(page: RealPage): void {
    this.fifo?.append(page);
    this.clock?.append(page);
    this.lru?.append(page);
  }

  unmapped(page: RealPage): void {
    this.fifo?.remove(page);
    this.clock?.remove(page);
    this.lru?.remove(page);
  }

  save(): VictimListsState {
    const { fifo, clock, lru } = this;
    return { fifo: fifo?.save() ?? null, clock: clock?.save() ?? null, lru: lru?.save() ?? null };
  }

  load(state: VictimListsState): void {
    this.fifo = this.loadList(state.fifo);
    this.clock = this.loadList(state.clock);
    this.lru = this.loadList(state.lru);
  }

  private loadList(state: PageListState | null): PageList | null {
    if (state === null) return null;
    const list = new PageList(this.pages);
    list.load(state);
    return list;
  }
}
