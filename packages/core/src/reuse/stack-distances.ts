/** Instead of a reuse distance: the page was never touched before. */
export const FIRST_TOUCH = -1;

const MIN_SLOTS = 1024;

/**
 * Reuse distances: how many different pages were touched since a page's last touch, the page itself included, so that
 * memory of C pages under exact LRU hits if the distance is C or less (R. L. Mattson and others, IBM Systems Journal
 * 9(2), 1970). Each touch takes the next slot of a row in which only last touches are marked; a tree of partial sums over
 * the row (P. M. Fenwick, Software: Practice and Experience 24(3), 1994) counts the marks behind one. When the row is
 * full its marks move together. Memory grows with the highest page number and the pages touched, not with the touches.
 */
export class StackDistances {
  /** Per page: the slot of its last touch, from 1; 0 if it has none. */
  private slotOf = new Int32Array(MIN_SLOTS);
  /** Per slot: the page that took it. */
  private pageAt = new Int32Array(MIN_SLOTS + 1);
  private sums = new Int32Array(MIN_SLOTS + 1);
  private lastSlot = 0;
  private marks = 0;

  /** Pages that have been touched and not forgotten. */
  get size(): number {
    return this.marks;
  }

  /** Notes a touch and returns the page's reuse distance, from 1, or FIRST_TOUCH. */
  touch(page: number): number {
    if (page >= this.slotOf.length) this.growTo(page + 1);
    const slot = this.slotOf[page];
    if (slot !== 0 && slot === this.lastSlot) return 1;
    let distance = FIRST_TOUCH;
    if (slot === 0) this.marks++;
    else {
      distance = this.marks - this.countUpTo(slot) + 1;
      this.add(slot, -1);
    }
    if (this.lastSlot + 1 === this.sums.length) this.moveTogether(page);
    this.slotOf[page] = ++this.lastSlot;
    this.pageAt[this.lastSlot] = page;
    this.add(this.lastSlot, 1);
    return distance;
  }

  /** As if the page had never been touched. */
  forget(page: number): void {
    const slot = this.slotOf[page] ?? 0;
    if (slot === 0) return;
    this.add(slot, -1);
    this.slotOf[page] = 0;
    this.marks--;
  }

  /** The pages, the one touched longest ago first: with it, the whole state. */
  order(): Int32Array {
    const pages = new Int32Array(this.marks);
    let count = 0;
    for (let slot = 1; slot <= this.lastSlot; slot++) {
      if (this.slotOf[this.pageAt[slot]] === slot) pages[count++] = this.pageAt[slot];
    }
    return pages;
  }

  /** The state that `order` told. */
  static of(order: Int32Array): StackDistances {
    const distances = new StackDistances();
    for (const page of order) distances.touch(page);
    return distances;
  }

  private growTo(pages: number): void {
    const larger = new Int32Array(Math.max(pages, 2 * this.slotOf.length));
    larger.set(this.slotOf);
    this.slotOf = larger;
  }

  /** Gives the marks the first slots, in their order, and doubles the row if it is half full of them. */
  private moveTogether(except: number): void {
    this.slotOf[except] = 0;
    const order = this.pageAt.slice(1, this.lastSlot + 1).filter((page, at) => this.slotOf[page] === at + 1);
    const slots = Math.max(MIN_SLOTS, 2 * (order.length + 1));
    this.pageAt = new Int32Array(slots + 1);
    this.pageAt.set(order, 1);
    order.forEach((page, at) => (this.slotOf[page] = at + 1));
    this.lastSlot = order.length;
    this.sums = new Int32Array(slots + 1);
    for (let slot = 1; slot <= slots; slot++) {
      // Each sum is over the slots from its own down, as many as its lowest bit says.
      const covered = slot & -slot;
      this.sums[slot] = Math.max(0, Math.min(covered, order.length - slot + covered));
    }
  }

  private add(slot: number, change: number): void {
    const { sums } = this;
    for (let at = slot; at < sums.length; at += at & -at) sums[at] += change;
  }

  private countUpTo(slot: number): number {
    const { sums } = this;
    let count = 0;
    for (let at = slot; at > 0; at -= at & -at) count += sums[at];
    return count;
  }
}
