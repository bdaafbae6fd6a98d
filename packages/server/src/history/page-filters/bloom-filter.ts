import { BLOCKS_PER_FILTER, blockWithin, mix } from "./page-key.ts";

/** With about every second name a repeated one, 0.6 % of the pages that are not in a filter seem to be. */
const BITS_PER_NAME = 6;
const PROBES = 4;

/** Says of a hash that it was surely not added, or may have been (B. Bloom, CACM 1970). */
export class BloomFilterBuilder {
  #hashes = new Uint32Array(65_536);
  #count = 0;

  add(hash: number): void {
    if (this.#count === this.#hashes.length) {
      const larger = new Uint32Array(this.#count * 2);
      larger.set(this.#hashes);
      this.#hashes = larger;
    }
    this.#hashes[this.#count++] = hash;
  }

  /** The bits of each block. */
  finish(): Uint8Array[] {
    const bytes = Math.ceil((this.#count * BITS_PER_NAME) / 8 / BLOCKS_PER_FILTER) + 1;
    const blocks = Array.from({ length: BLOCKS_PER_FILTER }, () => new Uint8Array(bytes));
    for (let i = 0; i < this.#count; i++) {
      const hash = this.#hashes[i]!;
      const block = blocks[blockWithin(hash)]!;
      for (let probe = 0; probe < PROBES; probe++) setBit(block, bitAt(hash, probe, bytes * 8));
    }
    return blocks;
  }
}

/** Whether the hash may have been added to its block; never false for one that was. */
export function mayHave(block: Uint8Array, hash: number): boolean {
  for (let probe = 0; probe < PROBES; probe++) {
    const bit = bitAt(hash, probe, block.length * 8);
    if (((block[bit >>> 3]! >>> (bit & 7)) & 1) === 0) return false;
  }
  return true;
}

function bitAt(hash: number, probe: number, bits: number): number {
  return mix(hash + Math.imul(probe, 0x9e3779b1)) % bits;
}

function setBit(block: Uint8Array, bit: number): void {
  block[bit >>> 3]! |= 1 << (bit & 7);
}
