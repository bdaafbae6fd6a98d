/** Instead of a reuse distance: the page was never touched before. */
export const FIRST_TOUCH = -1;

const MIN_SLOTS = 1024;

/** Slots of a row for each mark when it is new: how seldom marks move against how many blocks there are to sum up. */
const ROOM = 4;

/** Bits of a slot's number within its word, and of a word's number within its block of 16. */
const WORD_SHIFT = 5;
const BLOCK_WORDS_SHIFT = 4;
const BLOCK_SHIFT = WORD_SHIFT + BLOCK_WORDS_SHIFT;
const LAST_WORD_OF_BLOCK = (1 << BLOCK_WORDS_SHIFT) - 1;
const BLOCK_SLOTS = 1 << BLOCK_SHIFT;

/**
 * Reuse distances: how many different pages were touched since a page's last touch, the page itself included, so that
 * memory of C pages under exact LRU hits if the distance is C or less (R. L. Mattson and others, IBM Systems Journal
 * 9(2), 1970). Each touch takes the next slot of a row in which only last touches are marked, by a bit each. The marks
 * behind one are counted by words within its block of 512 slots, and by a tree of partial sums over whole blocks
 * (P. M. Fenwick, Software: Practice and Experience 24(3), 1994), which a touch within the newest block leaves as it is.
 * When the row is full its marks move together. Memory grows with the highest page number and the pages touched, not
 * with the touches.
 */
export class StackDistances {
  /** Per page: the slot of its last touch, from 1; 0 if it has none. */
  #slotOf = new Int32Array(MIN_SLOTS);
  /** Per slot: the page that took it. */
  #pageAt = new Int32Array(MIN_SLOTS);
  #marks = new Int32Array(MIN_SLOTS >> WORD_SHIFT);
  /** Marks by block, as a Fenwick tree: from 1. */
  #sums = new Int32Array((MIN_SLOTS >> BLOCK_SHIFT) + 1);
  #lastSlot = 0;
  #size = 0;

  /** Pages that have been touched and not forgotten. */
  get size(): number {
    return this.#size;
  }

  /** Notes a touch and returns the page's reuse distance, from 1, or FIRST_TOUCH. */
  touch(page: number): number {
    if (this.#lastSlot !== 0 && this.#pageAt[this.#lastSlot] === page && this.#slotOf[page] !== 0) return 1;
    if (page >= this.#slotOf.length) this.#growTo(page + 1);
    if (this.#lastSlot + 1 === this.#pageAt.length) this.#moveTogether();
    const before = this.#slotOf[page];
    const slot = ++this.#lastSlot;
    let distance = FIRST_TOUCH;
    if (before === 0) {
      this.#size++;
      this.#addTo(slot >> BLOCK_SHIFT, 1);
    } else distance = this.#unmark(before, slot);
    this.#slotOf[page] = slot;
    this.#pageAt[slot] = page;
    this.#marks[slot >> WORD_SHIFT] |= 1 << slot;
    return distance;
  }

  /** As if the page had never been touched. */
  forget(page: number): void {
    const slot = this.#slotOf[page] ?? 0;
    if (slot === 0) return;
    this.#addTo(slot >> BLOCK_SHIFT, -1);
    this.#marks[slot >> WORD_SHIFT] &= ~(1 << slot);
    this.#slotOf[page] = 0;
    this.#size--;
  }

  /** The pages, the one touched longest ago first: with it, the whole state. */
  order(): Int32Array {
    const pages = new Int32Array(this.#size);
    let count = 0;
    for (let slot = 1; slot <= this.#lastSlot; slot++) {
      if (this.#slotOf[this.#pageAt[slot]] === slot) pages[count++] = this.#pageAt[slot];
    }
    return pages;
  }

  /** The state that `order` told. */
  static of(order: Int32Array): StackDistances {
    const distances = new StackDistances();
    for (const page of order) distances.touch(page);
    return distances;
  }

  /** Takes the mark of a slot away, whose page is given a new one; returns how many marks there were from it on. */
  #unmark(slot: number, newSlot: number): number {
    const marks = this.#marks;
    const word = slot >> WORD_SHIFT;
    const block = slot >> BLOCK_SHIFT;
    const newBlock = newSlot >> BLOCK_SHIFT;
    const bit = 1 << slot;
    let count = bitsOf(marks[word] & -bit);
    const lastWord = block === newBlock ? newSlot >> WORD_SHIFT : word | LAST_WORD_OF_BLOCK;
    for (let at = word + 1; at <= lastWord; at++) count += bitsOf(marks[at]);
    marks[word] ^= bit;
    if (block === newBlock) return count;
    count += this.#size - this.#countUpTo(block);
    this.#addTo(block, -1);
    this.#addTo(newBlock, 1);
    return count;
  }

  #growTo(pages: number): void {
    const larger = new Int32Array(Math.max(pages, 2 * this.#slotOf.length));
    larger.set(this.#slotOf);
    this.#slotOf = larger;
  }

  /** Gives the marks the first slots, in their order, in a row of `ROOM` times as many. */
  #moveTogether(): void {
    const order = this.order();
    const slots = Math.max(MIN_SLOTS, BLOCK_SLOTS * Math.ceil((ROOM * (order.length + 1)) / BLOCK_SLOTS));
    this.#pageAt = new Int32Array(slots);
    this.#pageAt.set(order, 1);
    order.forEach((page, at) => (this.#slotOf[page] = at + 1));
    this.#lastSlot = order.length;
    this.#marks = new Int32Array(slots >> WORD_SHIFT);
    for (let slot = 1; slot <= order.length; slot++) this.#marks[slot >> WORD_SHIFT] |= 1 << slot;
    this.#sums = new Int32Array((slots >> BLOCK_SHIFT) + 1);
    this.#sumBlocks(order.length);
  }

  /** The sums where the slots from 1 to `count` are marked, and no others: each is over as many blocks as its lowest bit says. */
  #sumBlocks(count: number): void {
    const slotsUpTo = (block: number): number => Math.min(count, BLOCK_SLOTS * block - 1);
    for (let at = 1; at < this.#sums.length; at++) {
      const first = at - (at & -at);
      this.#sums[at] = slotsUpTo(at) - Math.max(0, slotsUpTo(first));
    }
  }

  #addTo(block: number, change: number): void {
    const sums = this.#sums;
    for (let at = block + 1; at < sums.length; at += at & -at) sums[at] += change;
  }

  /** Marks in the blocks from the first to this one, included. */
  #countUpTo(block: number): number {
    const sums = this.#sums;
    let count = 0;
    for (let at = block + 1; at > 0; at &= at - 1) count += sums[at];
    return count;
  }
}

/** How many bits of a word of 32 are set: sums of pairs, of fours, of bytes, and of all bytes in the highest one. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
