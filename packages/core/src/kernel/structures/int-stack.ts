import { assert } from "../../assert/index.ts";

/** Last in, first out, over one growing typed array. */
export class IntStack {
  private values = new Int32Array(64);
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(value: number): void {
    if (this.count === this.values.length) {
      const larger = new Int32Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.count++] = value;
  }

  /** The value that `pop` would give. */
  get top(): number {
    assert(this.count > 0, "nothing is there");
    return this.values[this.count - 1];
  }

  pop(): number {
    assert(this.count > 0, "nothing to pop");
    return this.values[--this.count];
  }

  /** Takes one value out, wherever it is; the order of the others stays. */
  remove(value: number): void {
    const at = this.values.subarray(0, this.count).lastIndexOf(value);
    assert(at >= 0, () => `${value} is not there`);
    this.values.copyWithin(at, at + 1, this.count);
    this.count--;
  }

  save(): Int32Array {
    return this.values.slice(0, this.count);
  }

  load(values: Int32Array): void {
    this.values = new Int32Array(Math.max(64, values.length));
    this.values.set(values);
    this.count = values.length;
  }
}
