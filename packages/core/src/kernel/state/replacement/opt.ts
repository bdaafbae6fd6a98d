import { assert } from "../../../assert/index.ts";
import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import { nextUsesOf, TimeSet } from "../../../replacement/index.ts";
import { NEVER_AGAIN } from "../../../reuse/index.ts";
import { loadSparse, saveSparse, type SparseColumn } from "../../structures/sparse-column.ts";
import { NO_REFAULT, NO_SHADOW } from "./eviction-clock.ts";
import type { PageFilter, ReplacementList, ReplacementState } from "./replacement-list.ts";

/** The one process of a guest under opt, as far as it is known beforehand. Times are numbers of its accesses, from 0. */
export type KnownProcess = {
  /** The virtual page of each access. */
  readonly pages: Int32Array;
  /** How many it has made, the one that is being made included. */
  readonly accessesMade: () => number;
  readonly pageTable: Int32Array;
  /** By real page. */
  readonly virtualPage: Int32Array;
};

/** Added to a time in `standsAt`: 0 is a page that is not in. */
const BIAS = 1;

type OptState = { readonly standsAt: SparseColumn<Int32Array>; readonly done: number };

/**
 * Belady's MIN: the page leaves whose next access by the process is furthest ahead, one without any before all others. Pages stand in a
 * set by the times of their next accesses, as in `ballast mrc`; hits need not be told, because they are known.
 */
export class Opt implements ReplacementList {
  readonly notifiedAccesses = "none";
  #process: KnownProcess = {
    pages: new Int32Array(0),
    accessesMade: () => 0,
    pageTable: new Int32Array(0),
    virtualPage: new Int32Array(0),
  };
  #nextUses: Int32Array = new Int32Array(0);
  #times = new TimeSet(1);
  /** By virtual page: the time at which a page that is in stands in the set, biased. */
  #standsAt = new Int32Array(0);
  /** Accesses before this one are behind the times in the set. */
  #done = 0;

  /** Called once, before anything else. */
  foresee(process: KnownProcess): void {
    const { pages, pageTable } = process;
    const block = { pages: new Uint32Array(pages.buffer, pages.byteOffset, pages.length), length: pages.length };
    this.#process = process;
    this.#nextUses = nextUsesOf({ referenceCount: pages.length, pageCount: pageTable.length, blockCount: 1, block: () => block });
    this.#times = new TimeSet(pages.length + pageTable.length);
    this.#standsAt = new Int32Array(pageTable.length);
  }

  onLoad(real: RealPage): number {
    this.#advance();
    this.#stand(this.#virtualOf(real), this.#nextUse(this.#virtualOf(real)));
    return NO_REFAULT;
  }

  onAccess(): void {}

  evicted(real: RealPage): number {
    this.freed(real);
    return NO_SHADOW;
  }

  freed(real: RealPage): void {
    this.#advance();
    const page = this.#virtualOf(real);
    this.#times.delete(this.#standsAt[page] - BIAS);
    this.#standsAt[page] = 0;
  }

  chooseVictim(mayLeave: PageFilter | null): RealPage {
    this.#advance();
    const times = this.#times;
    const staying: number[] = [];
    let found = NO_PAGE;
    for (let time = times.latest; time >= 0 && found === NO_PAGE; time = times.latest) {
      const real = this.#process.pageTable[this.#pageAt(time)];
      if (mayLeave === null || mayLeave(real as RealPage)) found = real;
      else {
        staying.push(time);
        times.delete(time);
      }
    }
    for (const time of staying) times.add(time);
    return found as RealPage;
  }

  save(): OptState {
    this.#advance();
    return { standsAt: saveSparse(this.#standsAt), done: this.#done };
  }

  load(state: ReplacementState): void {
    const { standsAt, done } = state as OptState;
    loadSparse(this.#standsAt, standsAt);
    for (const time of this.#standsAt) if (time > 0) this.#times.add(time - BIAS);
    this.#done = done;
  }

  /** Moves pages that were accessed to the times of their next accesses. The page of an access that is being made may not be in yet. */
  #advance(): void {
    const { pages, accessesMade } = this.#process;
    for (const now = accessesMade(); this.#done < now; this.#done++) {
      const page = pages[this.#done];
      if (this.#standsAt[page] === this.#done + BIAS) {
        this.#times.delete(this.#done);
        this.#stand(page, this.#nextUses[this.#done]);
      }
    }
  }

  #stand(page: number, nextUse: number): void {
    const time = nextUse === NEVER_AGAIN ? this.#process.pages.length + page : nextUse;
    this.#times.add(time);
    this.#standsAt[page] = time + BIAS;
  }

  /** Of a page that comes in: by the access that was just made, or by a command at any time. */
  #nextUse(page: number): number {
    const { pages } = this.#process;
    if (this.#done > 0 && pages[this.#done - 1] === page) return this.#nextUses[this.#done - 1];
    const next = pages.indexOf(page, this.#done);
    return next < 0 ? NEVER_AGAIN : next;
  }

  #pageAt(time: number): number {
    const { pages } = this.#process;
    return time < pages.length ? pages[time] : time - pages.length;
  }

  #virtualOf(real: RealPage): number {
    const page = this.#process.virtualPage[real];
    assert(page >= 0, () => `real page ${real} is no page of the process that opt knows`);
    return page;
  }
}
