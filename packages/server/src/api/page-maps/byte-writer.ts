const FIRST_BYTES = 4_096;
const MAX_SMALL = 2 ** 31;

/** Bytes in the making, of unsigned LEB128 numbers: seven bits a byte, the lowest first, the highest bit set on all but the last. */
export class ByteWriter {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  /** A whole number from 0 to 2^53 - 1. */
  number(value: number): void {
    // No number takes more than eight bytes.
    if (this.#length + 8 > this.#bytes.length) this.#grow(8);
    let rest = value;
    for (; rest >= MAX_SMALL; rest = Math.floor(rest / 0x80)) this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
    for (; rest >= 0x80; rest >>>= 7) this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.#length++] = rest;
  }

  /** Their number, and then they. */
  sized(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.append(bytes);
  }

  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  get length(): number {
    return this.#length;
  }

  /** What was written, as long as nothing more is. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  #grow(more: number): void {
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    bytes.set(this.written);
    this.#bytes = bytes;
  }
}
