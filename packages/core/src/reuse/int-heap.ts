/** The largest of many whole numbers, in a binary heap over one growing typed array. */
export class IntHeap {
  private values = new Int32Array(64);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The largest, of a heap that is not empty. */
  get largest(): number {
    return this.values[0];
  }

  push(value: number): void {
    if (this.count === this.values.length) {
      const larger = new Int32Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    const { values } = this;
    let at = this.count++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (values[parent] >= value) break;
      values[at] = values[parent];
      at = parent;
    }
    values[at] = value;
  }

  /** Takes the largest out of a heap that is not empty. */
  pop(): number {
    const { values } = this;
    const top = values[0];
    const last = values[--this.count];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.count) break;
      if (child + 1 < this.count && values[child + 1] > values[child]) child++;
      if (values[child] <= last) break;
      values[at] = values[child];
      at = child;
    }
    values[at] = last;
    return top;
  }
}
