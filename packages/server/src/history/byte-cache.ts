type Entry<Value> = { readonly value: Promise<Value>; bytes: number };

/**
 * Values that are costly to make, the least recently used dropped when their bytes exceed a bound. Two that ask at the
 * same time share one making; one that failed is not kept.
 */
export class ByteCache<Value> {
  private readonly entries = new Map<string, Entry<Value>>();
  private readonly maxBytes: number;
  private readonly sizeOf: (value: Value) => number;
  private readonly onDropped: (value: Value) => void;
  private bytes = 0;

  /** `onDropped` comes after everyone who asked before has got the value. */
  constructor(maxBytes: number, sizeOf: (value: Value) => number, onDropped: (value: Value) => void = () => {}) {
    this.maxBytes = maxBytes;
    this.sizeOf = sizeOf;
    this.onDropped = onDropped;
  }

  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const found = this.entries.get(key);
    if (found !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, found);
      return found.value;
    }
    const entry: Entry<Value> = { value: make(), bytes: 0 };
    this.entries.set(key, entry);
    entry.value.then(
      (value) => this.weigh(key, entry, this.sizeOf(value)),
      () => this.drop(key, entry),
    );
    return entry.value;
  }

  private weigh(key: string, entry: Entry<Value>, bytes: number): void {
    if (this.entries.get(key) !== entry) return;
    entry.bytes = bytes;
    this.bytes += bytes;
    for (const [oldest, other] of this.entries) {
      if (this.bytes <= this.maxBytes) return;
      this.drop(oldest, other);
    }
  }

  private drop(key: string, entry: Entry<Value>): void {
    if (this.entries.get(key) !== entry) return;
    this.entries.delete(key);
    this.bytes -= entry.bytes;
    entry.value.then(this.onDropped, () => {});
  }
}
