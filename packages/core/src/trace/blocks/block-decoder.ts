import { BLOCK_HEADER_BYTES, DICTIONARY_PLANES, encodedBlockBytes, indexPlanes } from "./block-layout.ts";
import { REFERENCES_PER_BLOCK } from "../trace.ts";

/** Arrays that a block is expanded into, with room for `REFERENCES_PER_BLOCK` references. */
export interface BlockBuffer {
  readonly pages: Uint32Array<ArrayBuffer>;
  readonly kinds: Uint8Array<ArrayBuffer>;
}

export function createBlockBuffer(): BlockBuffer {
  return { pages: new Uint32Array(REFERENCES_PER_BLOCK), kinds: new Uint8Array(REFERENCES_PER_BLOCK) };
}

/** Expands blocks that `BlockEncoder` made. Keeps its tables between blocks. */
export class BlockDecoder {
  readonly #dictionary = createBlockBuffer();

  /** Expands a block into the buffer and returns its number of references; -1 if the bytes cannot be a block. */
  decode(bytes: Uint8Array, buffer: BlockBuffer): number {
    if (bytes.length < BLOCK_HEADER_BYTES) return -1;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = view.getUint32(0, true);
    const distinct = view.getUint32(4, true);
    if (length === 0 || length > REFERENCES_PER_BLOCK || distinct === 0 || distinct > length) return -1;
    if (bytes.length !== encodedBlockBytes(length, distinct)) return -1;
    this.#readDictionary(bytes, distinct);
    const start = BLOCK_HEADER_BYTES + DICTIONARY_PLANES * distinct;
    const max =
      indexPlanes(distinct) === 1
        ? this.#expandNarrow(bytes.subarray(start), length, buffer)
        : this.#expandWide(bytes.subarray(start), length, buffer);
    return max < distinct ? length : -1;
  }

  #readDictionary(bytes: Uint8Array, distinct: number): void {
    const { pages, kinds } = this.#dictionary;
    let reference = 0;
    for (let i = 0; i < distinct; i += 1) {
      let difference = 0;
      for (let plane = 0; plane < DICTIONARY_PLANES; plane += 1) {
        difference |= bytes[BLOCK_HEADER_BYTES + plane * distinct + i] << (8 * plane);
      }
      reference = (reference + difference) >>> 0;
      pages[i] = reference >>> 2;
      kinds[i] = reference & 3;
    }
  }

  /** Returns the highest index met, as does `#expandWide`. */
  #expandNarrow(indexes: Uint8Array, length: number, buffer: BlockBuffer): number {
    const dictionaryPages = this.#dictionary.pages;
    const dictionaryKinds = this.#dictionary.kinds;
    const { pages, kinds } = buffer;
    let max = 0;
    for (let i = 0; i < length; i += 1) {
      const index = indexes[i];
      if (index > max) max = index;
      pages[i] = dictionaryPages[index];
      kinds[i] = dictionaryKinds[index];
    }
    return max;
  }

  #expandWide(indexes: Uint8Array, length: number, buffer: BlockBuffer): number {
    const dictionaryPages = this.#dictionary.pages;
    const dictionaryKinds = this.#dictionary.kinds;
    const { pages, kinds } = buffer;
    let max = 0;
    for (let i = 0; i < length; i += 1) {
      const index = indexes[i] | (indexes[length + i] << 8);
      if (index > max) max = index;
      pages[i] = dictionaryPages[index];
      kinds[i] = dictionaryKinds[index];
    }
    return max;
  }
}
