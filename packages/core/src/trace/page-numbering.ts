import type { OriginalPages } from "./original-pages.ts";

const FIRST_CAPACITY = 1024;

/** A reference is stored as page * 4 + kind in 32 bits, which leaves 30 for the page: 4 TiB of 4 KiB pages. */
export const MAX_PAGES = 2 ** 30;

/**
 * Numbers pages densely in the order in which they are first met: sparse 64-bit page numbers become 0, 1, 2 and so on.
 * Equal numbers in different spaces (disks, processes) are different pages.
 * An open-addressing hash over typed arrays, at most half full: a `Map` takes fifty times as long and cannot hold
 * 64-bit keys without a bigint for each.
 */
export class PageNumbering {
  /** A dense page number plus 1; 0 is an empty slot. */
  #slots = new Int32Array(2 * FIRST_CAPACITY);
  /** Leaves as many upper bits of a hash as number the slots. */
  #shift = Math.clz32(2 * FIRST_CAPACITY) + 1;
  #high = new Uint32Array(FIRST_CAPACITY);
  #low = new Uint32Array(FIRST_CAPACITY);
  #space = new Uint32Array(FIRST_CAPACITY);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The dense number of a page, given as the two halves of its 64-bit number and its space; -1 if there are `MAX_PAGES` already. */
  numberOf(high: number, low: number, space: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashPage(high, low, space) >>> this.#shift;
    for (;;) {
      const page = slots[slot] - 1;
      if (page < 0) return this.#add(high, low, space, slot);
      if (this.#low[page] === low && this.#high[page] === high && this.#space[page] === space) return page;
      slot = (slot + 1) & mask;
    }
  }

  /** The original page numbers by dense number, copied out. */
  originalPages(): OriginalPages {
    return { high: this.#high.slice(0, this.#count), low: this.#low.slice(0, this.#count) };
  }

  /** The number of the space that a page lies in. */
  spaceOf(page: number): number {
    return this.#space[page];
  }

  #add(high: number, low: number, space: number, slot: number): number {
    const page = this.#count;
    if (page === MAX_PAGES) return -1;
    this.#slots[slot] = page + 1;
    this.#high[page] = high;
    this.#low[page] = low;
    this.#space[page] = space;
    this.#count += 1;
    if (this.#count === this.#low.length) this.#grow();
    return page;
  }

  #grow(): void {
    this.#high = doubled(this.#high);
    this.#low = doubled(this.#low);
    this.#space = doubled(this.#space);
    this.#shift -= 1;
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let page = 0; page < this.#count; page += 1) {
      let slot = hashPage(this.#high[page], this.#low[page], this.#space[page]) >>> this.#shift;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = page + 1;
    }
    this.#slots = slots;
  }
}

/** Mixes all three into 32 bits (the finalizer of MurmurHash3); the upper bits choose the slot. */
function hashPage(high: number, low: number, space: number): number {
  let hash = low ^ Math.imul(high, 0x9e3779b1) ^ Math.imul(space, 0x632be5ab);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}
