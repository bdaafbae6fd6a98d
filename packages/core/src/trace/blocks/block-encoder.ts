import { BLOCK_HEADER_BYTES, DICTIONARY_PLANES, encodedBlockBytes, indexPlanes } from "./block-layout.ts";
import { REFERENCES_PER_BLOCK } from "../trace.ts";

const SLOT_BITS = 17;
const SLOT_COUNT = 131_072;
const NO_REFERENCE = -1;

/** Turns blocks of references into their stored form (see block-layout.ts). Keeps its tables between blocks. */
export class BlockEncoder {
  /** An open-addressing hash from reference to index plus 1, at most half full; 0 is an empty slot. */
  readonly #slots = new Int32Array(SLOT_COUNT);
  readonly #dictionary = new Uint32Array(REFERENCES_PER_BLOCK);
  readonly #indexes = new Uint16Array(REFERENCES_PER_BLOCK);
  #distinct = 0;

  /** Encodes 1 to `REFERENCES_PER_BLOCK` references (included), each `page * 4 + kind`. */
  encode(references: Uint32Array): Uint8Array<ArrayBuffer> {
    const length = references.length;
    if (length === 0 || length > REFERENCES_PER_BLOCK) {
      throw new RangeError(`a block holds 1 to ${REFERENCES_PER_BLOCK} references, not ${length}`);
    }
    this.#indexAll(references);
    const bytes = new Uint8Array(encodedBlockBytes(length, this.#distinct));
    const view = new DataView(bytes.buffer);
    view.setUint32(0, length, true);
    view.setUint32(4, this.#distinct, true);
    this.#writeDictionary(bytes);
    this.#writeIndexes(bytes, length);
    return bytes;
  }

  #indexAll(references: Uint32Array): void {
    this.#slots.fill(0);
    this.#distinct = 0;
    let last = NO_REFERENCE;
    let index = 0;
    for (let i = 0; i < references.length; i += 1) {
      const reference = references[i];
      if (reference !== last) index = this.#indexOf(reference);
      last = reference;
      this.#indexes[i] = index;
    }
  }

  #indexOf(reference: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = Math.imul(reference, 0x9e3779b1) >>> (32 - SLOT_BITS);
    for (;;) {
      const index = slots[slot] - 1;
      if (index < 0) break;
      if (this.#dictionary[index] === reference) return index;
      slot = (slot + 1) & mask;
    }
    const index = this.#distinct;
    this.#distinct += 1;
    this.#dictionary[index] = reference;
    slots[slot] = index + 1;
    return index;
  }

  #writeDictionary(bytes: Uint8Array): void {
    const distinct = this.#distinct;
    let previous = 0;
    for (let i = 0; i < distinct; i += 1) {
      const reference = this.#dictionary[i];
      const difference = reference - previous;
      previous = reference;
      for (let plane = 0; plane < DICTIONARY_PLANES; plane += 1) {
        bytes[BLOCK_HEADER_BYTES + plane * distinct + i] = (difference | 0) >>> (8 * plane);
      }
    }
  }

  #writeIndexes(bytes: Uint8Array, length: number): void {
    const indexes = this.#indexes;
    const low = BLOCK_HEADER_BYTES + DICTIONARY_PLANES * this.#distinct;
    for (let i = 0; i < length; i += 1) bytes[low + i] = indexes[i];
    if (indexPlanes(this.#distinct) === 1) return;
    const high = low + length;
    for (let i = 0; i < length; i += 1) bytes[high + i] = indexes[i] >>> 8;
  }
}
