import type { ContainerPlace } from "./container-place.ts";
import type { ZstdHeader } from "./zstd-header.ts";

const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const RLE_BLOCK = 1;
const RESERVED_BLOCK = 3;

/** Finds the end of a zstd frame by the sizes in its block headers, wherever pieces are cut (RFC 8878, 3.1.1.2). */
export class ZstdFrameEnd {
  readonly #header: ZstdHeader;
  readonly #place: ContainerPlace;
  /** Bytes up to the next block header, or to the end behind the last block. */
  #skip: number;
  #blockHeader = 0;
  #blockHeaderBytes = 0;
  #lastBlock = false;

  constructor(header: ZstdHeader, place: ContainerPlace) {
    this.#header = header;
    this.#place = place;
    this.#skip = header.length;
  }

  get reached(): boolean {
    return this.#lastBlock && this.#skip === 0;
  }

  /** Returns how many of the bytes belong to the frame. */
  advance(bytes: Uint8Array): number {
    let at = 0;
    while (at < bytes.length && !this.reached) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, bytes.length - at);
        this.#skip -= skipped;
        at += skipped;
      } else {
        this.#addToHeader(bytes[at] as number);
        at += 1;
      }
    }
    return at;
  }

  #addToHeader(byte: number): void {
    this.#blockHeader |= byte << (8 * this.#blockHeaderBytes);
    this.#blockHeaderBytes += 1;
    if (this.#blockHeaderBytes < BLOCK_HEADER_BYTES) return;
    const type = (this.#blockHeader >> 1) & 3;
    if (type === RESERVED_BLOCK) throw this.#place.damaged("a block is of a type that does not exist");
    this.#lastBlock = (this.#blockHeader & 1) === 1;
    this.#skip = type === RLE_BLOCK ? 1 : this.#blockHeader >> 3;
    if (this.#lastBlock && this.#header.hasChecksum) this.#skip += CHECKSUM_BYTES;
    this.#blockHeader = 0;
    this.#blockHeaderBytes = 0;
  }
}
