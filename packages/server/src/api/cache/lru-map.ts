/** A map that forgets what was not used for longest. */
export class LruMap<Key, Value> {
  private readonly capacity: number;
  private readonly onForget: (key: Key) => void;
  private readonly entries = new Map<Key, Value>();

  /** `onForget` is told of entries that had to make room. */
  constructor(capacity: number, onForget: (key: Key) => void = () => undefined) {
    this.capacity = capacity;
    this.onForget = onForget;
  }

  get(key: Key): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > this.capacity) this.deleteOldest();
  }

  delete(key: Key): void {
    this.entries.delete(key);
  }

  deleteOldest(): void {
    const oldest = this.entries.keys().next();
    if (oldest.done === true) return;
    this.entries.delete(oldest.value);
    this.onForget(oldest.value);
  }
}
