import type { RealPage } from "../../../ids/index.ts";
import type { VictimOrder, VictimOrderState } from "../../../replacement/index.ts";
import { loadSparse, saveSparse, type SparseColumn } from "../../structures/sparse-column.ts";
import { NO_REFAULT, NO_SHADOW } from "./eviction-clock.ts";
import type { PageFilter, ReplacementList, ReplacementState } from "./replacement-list.ts";

const NOTIFIED = { all: "every", some: "latest", none: "none" } as const;

type OrderedState = { readonly order: VictimOrderState; readonly isFresh: SparseColumn<Uint8Array> };

/** A guest's real pages in an order that `ballast mrc` uses for the pages of a trace. */
export class OrderedReplacement implements ReplacementList {
  readonly notifiedAccesses: "every" | "latest" | "none";
  readonly #order: VictimOrder;
  /** Pages that were loaded and not accessed since: their first access is the one that they were loaded for, which is no hit. */
  readonly #isFresh: Uint8Array;

  constructor(pages: number, order: VictimOrder) {
    this.notifiedAccesses = NOTIFIED[order.hits];
    this.#order = order;
    this.#isFresh = new Uint8Array(pages);
  }

  onLoad(page: RealPage): number {
    this.#order.load(page);
    this.#isFresh[page] = 1;
    return NO_REFAULT;
  }

  onAccess(page: RealPage): void {
    if (this.#isFresh[page] === 0) this.#order.hit(page);
    this.#isFresh[page] = 0;
  }

  evicted(page: RealPage): number {
    this.#order.remove(page);
    return NO_SHADOW;
  }

  freed(page: RealPage): void {
    this.#order.remove(page);
  }

  chooseVictim(mayLeave: PageFilter | null): RealPage {
    return this.#order.victim(mayLeave as ((page: number) => boolean) | null) as RealPage;
  }

  save(): OrderedState {
    return { order: this.#order.save(), isFresh: saveSparse(this.#isFresh) };
  }

  load(state: ReplacementState): void {
    const { order, isFresh } = state as OrderedState;
    this.#order.restore(order);
    loadSparse(this.#isFresh, isFresh);
  }
}
