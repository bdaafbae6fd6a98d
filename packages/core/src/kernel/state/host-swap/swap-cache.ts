import { assert } from "../../../assert/index.ts";
import { NO_VM, NO_PAGE, type PhysicalPage, type RealPage, type VmId } from "../../../ids/index.ts";
import type { MachineTables } from "../../../memory/index.ts";

/** A page that was read ahead: the frame that holds it, and when its request is done. */
export type CachedPage = { readonly slot: number; readonly frame: PhysicalPage; readonly readyNs: number };

/** Whose page a slot holds. */
export type SlotOwner = { readonly vm: VmId; readonly real: RealPage };

/**
 * The host's swap cache (Linux's): pages of the swap that were read ahead and not touched yet, in frames of the
 * hypervisor. Each still has its slot, so that its frame can be taken at any time.
 */
export class SwapCache {
  /** Slots of an aligned window. */
  readonly windowSlots: number;
  /** NO_VM, which is 0, for a slot without a page. */
  readonly #vmOfSlot: Int32Array;
  /** Means nothing for a slot without a page. */
  readonly #realOfSlot: Int32Array;
  /** By slot, the one that was read first first. */
  readonly #pages = new Map<number, CachedPage>();

  constructor(windowSlots: number, swapSlots: number) {
    this.windowSlots = windowSlots;
    this.#vmOfSlot = new Int32Array(swapSlots);
    this.#realOfSlot = new Int32Array(swapSlots);
  }

  noteSwappedOut(slot: number, vm: VmId, real: RealPage): void {
    this.#vmOfSlot[slot] = vm;
    this.#realOfSlot[slot] = real;
  }

  noteFreed(slot: number): void {
    assert(!this.#pages.has(slot), () => `swap slot ${slot} is freed while its page is in the swap cache`);
    this.#vmOfSlot[slot] = NO_VM;
  }

  ownerOf(slot: number): SlotOwner {
    return { vm: this.#vmOfSlot[slot] as VmId, real: this.#realOfSlot[slot] as RealPage };
  }

  /** Slots of the window around a slot, itself left out, whose pages can be read ahead; ascending. */
  readableAround(slot: number): number[] {
    const first = slot - (slot % this.windowSlots);
    const end = Math.min(first + this.windowSlots, this.#vmOfSlot.length);
    const slots: number[] = [];
    for (let other = first; other < end; other++) {
      if (other !== slot && this.#vmOfSlot[other] !== NO_VM && !this.#pages.has(other)) slots.push(other);
    }
    return slots;
  }

  add(page: CachedPage): void {
    assert(!this.#pages.has(page.slot), () => `the page of swap slot ${page.slot} is in the swap cache already`);
    this.#pages.set(page.slot, page);
  }

  /** Takes a page out. */
  take(slot: number): CachedPage {
    const page = this.#pages.get(slot);
    assert(page !== undefined, () => `swap slot ${slot} has no page in the swap cache`);
    this.#pages.delete(slot);
    return page;
  }

  /** The slot of the page that has been there for longest; undefined if the cache is empty. */
  get oldestSlot(): number | undefined {
    return this.#pages.keys().next().value;
  }

  save(): CachedPage[] {
    return [...this.#pages.values()];
  }

  /** Whose page each slot holds follows from the tables. */
  load(pages: readonly CachedPage[], { vms }: MachineTables): void {
    for (const page of pages) this.add({ ...page });
    for (const { vm, swapSlot } of vms) {
      swapSlot.forEach((slot, real) => {
        if (slot !== NO_PAGE) this.noteSwappedOut(slot, vm, real as RealPage);
      });
    }
  }
}
