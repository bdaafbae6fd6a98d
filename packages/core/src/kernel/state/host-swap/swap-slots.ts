import { assert } from "../../../assert/index.ts";
import { NumberPool, type NumberPoolState } from "../../structures/number-pool.ts";

/** Slots that the kernel looks for in one stretch: Linux's SWAPFILE_CLUSTER (mm/swapfile.c). */
const STRETCH_SLOTS = 256;

export type StretchState = { isUsed: Uint8Array; free: number; next: number; left: number };
export type SwapSlotsState = NumberPoolState | StretchState;

/** Free slots of the host's swap. */
export type SwapSlots = {
  readonly free: number;
  /** A free slot, or -1. */
  take(): number;
  giveBack(slot: number): void;
  save(): SwapSlotsState;
  load(state: SwapSlotsState): void;
};

export function createSwapSlots(slots: number, areContiguous: boolean): SwapSlots {
  return areContiguous ? new ContiguousSlots(slots) : new PooledSlots(0, slots);
}

class PooledSlots extends NumberPool implements SwapSlots {
  override load(state: SwapSlotsState): void {
    super.load(state as NumberPoolState);
  }
}

/**
 * As Linux allocates slots: one after the other within a stretch of 256 free ones, the lowest there is. Without such a
 * stretch the next free slot behind the last, from the first again after the end.
 */
class ContiguousSlots implements SwapSlots {
  #isUsed: Uint8Array;
  #free: number;
  #next = 0;
  /** Slots to go before a free stretch is looked for again. */
  #left = 0;

  constructor(slots: number) {
    this.#isUsed = new Uint8Array(slots);
    this.#free = slots;
  }

  get free(): number {
    return this.#free;
  }

  take(): number {
    if (this.#free === 0) return -1;
    if (this.#left === 0) {
      const stretch = this.#findStretch();
      if (stretch >= 0) this.#next = stretch;
      this.#left = STRETCH_SLOTS;
    }
    this.#left--;
    let slot = this.#isUsed.indexOf(0, this.#next);
    if (slot < 0) slot = this.#isUsed.indexOf(0);
    this.#isUsed[slot] = 1;
    this.#free--;
    this.#next = slot + 1;
    return slot;
  }

  giveBack(slot: number): void {
    assert(this.#isUsed[slot] === 1, () => `swap slot ${slot} is given back, and nothing uses it`);
    this.#isUsed[slot] = 0;
    this.#free++;
  }

  #findStretch(): number {
    let run = 0;
    for (let slot = 0; slot < this.#isUsed.length; slot++) {
      run = this.#isUsed[slot] === 0 ? run + 1 : 0;
      if (run === STRETCH_SLOTS) return slot + 1 - STRETCH_SLOTS;
    }
    return -1;
  }

  save(): StretchState {
    return { isUsed: this.#isUsed.slice(), free: this.#free, next: this.#next, left: this.#left };
  }

  load(state: SwapSlotsState): void {
    const { isUsed, free, next, left } = state as StretchState;
    this.#isUsed = isUsed.slice();
    this.#free = free;
    this.#next = next;
    this.#left = left;
  }
}
