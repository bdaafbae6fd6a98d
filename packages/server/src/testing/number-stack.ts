/** Numbers last in, first out, in a typed array. */
export class NumberStack {
  private readonly items: Int32Array;
  private count: number;

  private constructor(items: Int32Array, count: number) {
    this.items = items;
    this.count = count;
  }

  static empty(capacity: number): NumberStack {
    return new NumberStack(new Int32Array(capacity), 0);
  }

  /** first to end - 1, the lowest on top. */
  static range(first: number, end: number): NumberStack {
    return new NumberStack(
      Int32Array.from({ length: end - first }, (_, i) => end - 1 - i),
      end - first,
    );
  }

  get size(): number {
    return this.count;
  }

  push(item: number): void {
    this.items[this.count++] = item;
  }

  pop(): number | undefined {
    return this.count === 0 ? undefined : this.items[--this.count];
  }
}
