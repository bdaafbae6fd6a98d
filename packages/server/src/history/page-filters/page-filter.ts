import type { EventBatch } from "@ballast/core/events";
import { TILE_ENTRIES } from "@ballast/core/memory";
import { type Place, physicalPages, realPages } from "../page-events.ts";
import { hashPage, mix, PageKind, tileKindOf } from "./page-key.ts";

/** A hash decides by its upper bits which block of a filter it belongs to. */
export const BLOCKS = 64;
const BLOCK_SHIFT = 26;
/** With about every second name a repeated one, 0.6 % of the pages that are not in a filter seem to be. */
const BITS_PER_NAME = 6;
const PROBES = 4;

export function blockOf(hash: number): number {
  return hash >>> BLOCK_SHIFT;
}

/** The pages that events name: says of a page that it is surely not among them, or may be (B. Bloom, CACM 1970). */
export class PageFilterBuilder {
  #hashes = new Uint32Array(65_536);
  #count = 0;

  add(batch: EventBatch): void {
    for (let i = 0; i < batch.length; i++) {
      this.#addPlaces(batch, i, PageKind.Real, batch.vms[i]!, realPages.placesOf(batch.types[i]!));
      this.#addPlaces(batch, i, PageKind.Physical, 0, physicalPages.placesOf(batch.types[i]!));
    }
  }

  #addPlaces(
    batch: EventBatch,
    index: number,
    kind: typeof PageKind.Real | typeof PageKind.Physical,
    vm: number,
    places: readonly Place[] | undefined,
  ): void {
    if (places === undefined) return;
    for (const { first, end, span } of places) {
      const page = batch[first][index]!;
      const past = end === undefined ? page + span : batch[end][index]!;
      if (past === page + 1) this.#push(hashPage(kind, vm, page));
      else this.#addTiles(tileKindOf(kind), vm, page, past);
    }
  }

  #addTiles(kind: PageKind, vm: number, first: number, end: number): void {
    for (let tile = Math.floor(first / TILE_ENTRIES); tile * TILE_ENTRIES < end; tile++) this.#push(hashPage(kind, vm, tile));
  }

  #push(hash: number): void {
    if (this.#count === this.#hashes.length) {
      const larger = new Uint32Array(this.#count * 2);
      larger.set(this.#hashes);
      this.#hashes = larger;
    }
    this.#hashes[this.#count++] = hash;
  }

  /** The bits of each block. */
  finish(): Uint8Array[] {
    const bytes = Math.ceil((this.#count * BITS_PER_NAME) / 8 / BLOCKS) + 1;
    const blocks = Array.from({ length: BLOCKS }, () => new Uint8Array(bytes));
    for (let i = 0; i < this.#count; i++) {
      const hash = this.#hashes[i]!;
      const block = blocks[blockOf(hash)]!;
      for (let probe = 0; probe < PROBES; probe++) setBit(block, bitAt(hash, probe, bytes * 8));
    }
    return blocks;
  }
}

/** Whether the hash may have been entered into its block; never false for one that was. */
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
