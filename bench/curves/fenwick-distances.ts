/**
 * Stack distances by a tree of partial sums with an entry for each slot, as the project had them before: what
 * `StackDistances` of core is compared with. Returns the sum of all distances, to compare too.
 */
export function sumFenwickDistances(pages: Uint32Array, pageCount: number): number {
  const slots = 2 * pageCount + 1024;
  const slotOf = new Int32Array(pageCount);
  const pageAt = new Int32Array(slots + 1);
  const sums = new Int32Array(slots + 1);
  const add = (slot: number, change: number): void => {
    for (let at = slot; at <= slots; at += at & -at) sums[at] += change;
  };
  let [lastSlot, marks, total] = [0, 0, 0];
  for (let index = 0; index < pages.length; index++) {
    const page = pages[index];
    const slot = slotOf[page];
    if (slot !== 0 && slot === lastSlot) {
      total++;
      continue;
    }
    if (slot === 0) marks++;
    else {
      let behind = marks + 1;
      for (let at = slot; at > 0; at -= at & -at) behind -= sums[at];
      total += behind;
      add(slot, -1);
      slotOf[page] = 0;
    }
    if (lastSlot === slots) {
      const order = pageAt.slice(1).filter((other, at) => slotOf[other] === at + 1);
      sums.fill(0);
      order.forEach((other, at) => (slotOf[other] = at + 1));
      pageAt.set(order, 1);
      for (lastSlot = 0; lastSlot < order.length;) add(++lastSlot, 1);
    }
    slotOf[page] = ++lastSlot;
    pageAt[lastSlot] = page;
    add(lastSlot, 1);
  }
  return total;
}
