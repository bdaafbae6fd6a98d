import type { ByteReader } from "../byte-reader.ts";
import { type Bzip2Mark, Bzip2MarkFinder } from "./bzip2-bits.ts";
import { Bzip2Decoder } from "./bzip2-block.ts";
import type { ContainerPlace } from "./container-place.ts";
import { takeExactly } from "./take-exactly.ts";

const HEADER_BYTES = 4;
const LEVEL_AT = 3;
const ZERO = 0x30;
const CHECKSUM_BITS = 32;
const MARK_BITS = 48;
/** Each of up to `level` * 100,000 symbols takes at most 20 bits; tables before them take far less than the rest. */
const MAX_BLOCK_BYTES_PER_LEVEL = 250_000;
const MAX_TABLE_BYTES = 65_536;

/** Expands one stream block by block, and holds blocks and stream against their checksums. */
export async function* readBzip2Stream(reader: ByteReader, place: ContainerPlace): AsyncGenerator<Uint8Array> {
  const level = ((await takeExactly(reader, HEADER_BYTES, place))[LEVEL_AT] as number) - ZERO;
  const blocks = new Bzip2Blocks(level, await Bzip2Decoder.load(), place);
  while (!blocks.ended) {
    const bytes = await reader.next();
    if (bytes === undefined) throw place.cutOff();
    let used = 0;
    while (used < bytes.length && !blocks.ended) {
      const expanded = blocks.add(bytes[used] as number);
      used += 1;
      if (expanded !== undefined) yield expanded;
    }
    reader.unread(bytes.subarray(used));
  }
}

/** Cuts a stream into its blocks. Keeps one block's bytes. */
class Bzip2Blocks {
  readonly #level: number;
  readonly #decoder: Bzip2Decoder;
  readonly #place: ContainerPlace;
  readonly #finder = new Bzip2MarkFinder();
  readonly #maxBlockBytes: number;
  #kept = Buffer.alloc(2 ** 16);
  #keptBytes = 0;
  /** Bits of the stream before the first kept byte. */
  #keptFrom = 0;
  #mark: Bzip2Mark | undefined;
  #checksum = 0;
  #ended = false;

  constructor(level: number, decoder: Bzip2Decoder, place: ContainerPlace) {
    this.#level = level;
    this.#decoder = decoder;
    this.#place = place;
    this.#maxBlockBytes = level * MAX_BLOCK_BYTES_PER_LEVEL + MAX_TABLE_BYTES;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Takes the next byte of the stream; returns the block that it completes. */
  add(byte: number): Uint8Array | undefined {
    if (this.#keptBytes === this.#kept.length) this.#grow();
    this.#kept[this.#keptBytes] = byte;
    this.#keptBytes += 1;
    const mark = this.#finder.add(byte);
    if (mark !== undefined) return this.#take(mark);
    if (this.#mark === undefined && this.#finder.bits >= MARK_BITS) throw this.#place.damaged("no block begins");
    const { kind, bit } = this.#mark ?? { kind: "block", bit: 0 };
    if (kind === "end" && this.#finder.bits >= bit + MARK_BITS + CHECKSUM_BITS) this.#finish(bit + MARK_BITS);
    return undefined;
  }

  #grow(): void {
    if (this.#keptBytes >= this.#maxBlockBytes) throw this.#place.damaged("a block has no end");
    const larger = Buffer.alloc(2 * this.#kept.length);
    this.#kept.copy(larger);
    this.#kept = larger;
  }

  #take(mark: Bzip2Mark): Uint8Array | undefined {
    const begun = this.#mark;
    if (begun === undefined && mark.bit !== 0) throw this.#place.damaged("no block begins");
    if (begun?.kind === "end") return undefined;
    const expanded = begun === undefined ? undefined : this.#expand(begun.bit, mark.bit);
    this.#mark = mark;
    this.#forgetBefore(mark.bit);
    return expanded;
  }

  #expand(fromBit: number, toBit: number): Uint8Array {
    try {
      const [from, to] = [fromBit - this.#keptFrom, toBit - this.#keptFrom];
      const { bytes, checksum } = this.#decoder.expand(this.#level, this.#kept, from, to);
      this.#checksum = ((this.#checksum << 1) | (this.#checksum >>> 31)) ^ checksum;
      return bytes;
    } catch (error) {
      throw this.#place.damaged("a block cannot be expanded, or does not fit its checksum", error);
    }
  }

  #forgetBefore(bit: number): void {
    const bytes = Math.floor((bit - this.#keptFrom) / 8);
    this.#kept.copyWithin(0, bytes, this.#keptBytes);
    this.#keptBytes -= bytes;
    this.#keptFrom += bytes * 8;
  }

  #finish(checksumBit: number): void {
    const from = checksumBit - this.#keptFrom;
    let checksum = 0;
    for (let bit = from; bit < from + CHECKSUM_BITS; bit += 1) {
      checksum = (checksum << 1) | (((this.#kept[bit >> 3] as number) >>> (7 - (bit & 7))) & 1);
    }
    if (checksum !== this.#checksum) throw this.#place.damaged("its checksum does not fit those of its blocks");
    this.#ended = true;
  }
}
