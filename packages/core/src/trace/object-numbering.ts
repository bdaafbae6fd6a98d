const FIRST_CAPACITY = 1024;
const FIRST_BYTES = 2 ** 16;
/** Offsets into the text are 32 bits wide. */
const MAX_TEXT_BYTES = 2 ** 32 - 1;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Numbers byte strings from 0 in order of first appearance, exactly: whole strings are compared, not their hashes. */
export class ObjectNumbering {
  /** A number plus 1; 0 is an empty slot. At most half full. */
  #slots = new Int32Array(2 * FIRST_CAPACITY);
  #hashes = new Uint32Array(FIRST_CAPACITY);
  /** Where each string ends in the text; it begins where the one before ends. */
  #ends = new Uint32Array(FIRST_CAPACITY);
  #text = new Uint8Array(FIRST_BYTES);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The number of the string from `start` (included) to `end` (excluded); -1 if there is no room for another one. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = slots[slot] - 1;
      if (number < 0) return this.#add(bytes, start, end, hash, slot);
      if (this.#hashes[number] === hash && this.#equals(number, bytes, start, end)) return number;
      slot = (slot + 1) & mask;
    }
  }

  /** The bytes behind a number; a view that is valid until the next string is added. */
  bytesOf(number: number): Uint8Array {
    return this.#text.subarray(this.#startOf(number), this.#ends[number]);
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1];
  }

  #equals(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const first = this.#startOf(number);
    if (this.#ends[number] - first !== end - start) return false;
    const text = this.#text;
    for (let i = 0; i < end - start; i += 1) if (text[first + i] !== bytes[start + i]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const number = this.#count;
    const first = number === 0 ? 0 : this.#ends[number - 1];
    const last = first + end - start;
    if (last > MAX_TEXT_BYTES) return -1;
    if (last > this.#text.length) this.#growText(last);
    this.#text.set(bytes.subarray(start, end), first);
    this.#slots[slot] = number + 1;
    this.#hashes[number] = hash;
    this.#ends[number] = last;
    this.#count += 1;
    if (this.#count === this.#ends.length) this.#grow();
    return number;
  }

  #growText(needed: number): void {
    const larger = new Uint8Array(Math.min(Math.max(needed, 2 * this.#text.length), MAX_TEXT_BYTES));
    larger.set(this.#text);
    this.#text = larger;
  }

  #grow(): void {
    const capacity = 2 * this.#ends.length;
    const [hashes, ends] = [new Uint32Array(capacity), new Uint32Array(capacity)];
    hashes.set(this.#hashes);
    ends.set(this.#ends);
    [this.#hashes, this.#ends] = [hashes, ends];
    const slots = new Int32Array(2 * capacity);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#count; number += 1) {
      let slot = hashes[number] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

/** FNV-1a, mixed once more so that the lower bits depend on all of them. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = FNV_OFFSET;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ bytes[at], FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
