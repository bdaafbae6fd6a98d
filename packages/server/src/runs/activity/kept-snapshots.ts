import type { ObservedSnapshot } from "@ballast/core/kernel";

/** A run's simulation between two actions. */
export type KeptSnapshot = {
  /** Of the last event made. */
  readonly position: number;
  readonly observed: ObservedSnapshot;
  /** A saved DigestChain up to the position. */
  readonly chain: Uint8Array;
};

type Entry = KeptSnapshot & { readonly bytes: number };

/** Snapshots of one run, spread over its history as evenly as they come, within so many bytes. */
export class KeptSnapshots {
  readonly #maxBytes: number;
  /** Ascending by position. */
  readonly #entries: Entry[] = [];
  #bytes = 0;
  #largest = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get positions(): readonly number[] {
    return this.#entries.map(({ position }) => position);
  }

  /** False where one takes so much that making more is of no use. */
  get hasRoom(): boolean {
    return 2 * this.#largest <= this.#maxBytes;
  }

  /** The last one before the event at a position. */
  latestBefore(position: number): KeptSnapshot | undefined {
    return this.#entries.findLast((entry) => entry.position < position);
  }

  add(snapshot: KeptSnapshot): void {
    const bytes = bytesOf(snapshot);
    this.#largest = Math.max(this.#largest, bytes);
    const { position } = snapshot;
    if (!this.hasRoom || this.#entries.some((entry) => entry.position === position)) return;
    const at = this.#entries.filter((entry) => entry.position < position).length;
    this.#entries.splice(at, 0, { ...snapshot, bytes });
    this.#bytes += bytes;
    while (this.#bytes > this.#maxBytes) this.#forgetOne();
  }

  /** The one whose neighbours are nearest to each other: the longest way from one snapshot to the next grows least. */
  #forgetOne(): void {
    let [nearest, smallest] = [0, Infinity];
    for (const index of this.#entries.keys()) {
      const gap = (this.#entries[index + 1]?.position ?? Infinity) - (this.#entries[index - 1]?.position ?? 0);
      if (gap < smallest) [nearest, smallest] = [index, gap];
    }
    const [forgotten] = this.#entries.splice(nearest, 1);
    this.#bytes -= forgotten?.bytes ?? 0;
  }
}

/** Of numbers and of lists' places; near enough to bound the memory that is taken. */
const WORD_BYTES = 8;

/** What plain data takes of the memory. */
export function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value === "string") return 2 * value.length;
  if (typeof value !== "object" || value === null) return WORD_BYTES;
  return Object.values(value).reduce((sum: number, part) => sum + WORD_BYTES + bytesOf(part), 0);
}
