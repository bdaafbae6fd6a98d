/** Cuts a stream of bytes into runs of whole records of a fixed length, wherever the stream's pieces end. */
export class RecordSplitter {
  readonly #recordBytes: number;
  readonly #parseRecords: (bytes: Uint8Array) => void;
  readonly #carry: Uint8Array;
  #carryLength = 0;

  constructor(recordBytes: number, parseRecords: (bytes: Uint8Array) => void) {
    this.#recordBytes = recordBytes;
    this.#parseRecords = parseRecords;
    this.#carry = new Uint8Array(recordBytes);
  }

  /** Bytes of a record that is not complete yet. */
  get restBytes(): number {
    return this.#carryLength;
  }

  feed(bytes: Uint8Array): void {
    let start = 0;
    if (this.#carryLength > 0) {
      start = Math.min(this.#recordBytes - this.#carryLength, bytes.length);
      this.#carry.set(bytes.subarray(0, start), this.#carryLength);
      this.#carryLength += start;
      if (this.#carryLength < this.#recordBytes) return;
      this.#carryLength = 0;
      this.#parseRecords(this.#carry);
    }
    const end = bytes.length - ((bytes.length - start) % this.#recordBytes);
    if (end > start) this.#parseRecords(bytes.subarray(start, end));
    this.#carry.set(bytes.subarray(end));
    this.#carryLength = bytes.length - end;
  }
}
