/** Marks in a bzip2 stream, each of 48 bits, at any bit: the digits of pi before a block, of its root before the end. */
const HALF_MASK = 0xffffff;
const BLOCK_MARK = [0x314159, 0x265359] as const;
const END_MARK = [0x177245, 0x385090] as const;
const MARK_BITS = 48;

export type Bzip2Mark = {
  readonly kind: "block" | "end";
  /** Bit of the stream where it begins, counted from the first one behind the stream's header. */
  readonly bit: number;
};

/** Looks for marks in the bits that pass. */
export class Bzip2MarkFinder {
  #high = 0;
  #low = 0;
  #bits = 0;

  /** Bits seen so far. */
  get bits(): number {
    return this.#bits;
  }

  /** Takes the next byte; returns the mark that ends in it. */
  add(byte: number): Bzip2Mark | undefined {
    let found: Bzip2Mark | undefined;
    for (let shift = 7; shift >= 0; shift -= 1) {
      this.#high = ((this.#high << 1) | (this.#low >>> 23)) & HALF_MASK;
      this.#low = ((this.#low << 1) | ((byte >>> shift) & 1)) & HALF_MASK;
      this.#bits += 1;
      const kind = this.#markHere();
      if (kind !== undefined) found = { kind, bit: this.#bits - MARK_BITS };
    }
    return found;
  }

  #markHere(): Bzip2Mark["kind"] | undefined {
    if (this.#high === BLOCK_MARK[0] && this.#low === BLOCK_MARK[1]) return "block";
    return this.#high === END_MARK[0] && this.#low === END_MARK[1] ? "end" : undefined;
  }
}

/** Copies bits so that the first of them begins a byte; the bits behind the last of them are zero. */
export function alignBits(bytes: Uint8Array, fromBit: number, toBit: number): Buffer {
  const aligned = Buffer.alloc(Math.ceil((toBit - fromBit) / 8));
  const shift = fromBit % 8;
  const first = (fromBit - shift) / 8;
  for (let index = 0; index < aligned.length; index += 1) {
    const two = ((bytes[first + index] as number) << 8) | (bytes[first + index + 1] ?? 0);
    aligned[index] = (two >>> (8 - shift)) & 0xff;
  }
  const unused = aligned.length * 8 - (toBit - fromBit);
  if (aligned.length > 0) aligned[aligned.length - 1] = (aligned.at(-1) as number) & (0xff << unused);
  return aligned;
}

/** Appends bytes after the first `bitCount` bits. */
export function appendBytes(bits: Buffer, bitCount: number, bytes: Uint8Array): Buffer {
  const joined = Buffer.alloc(Math.ceil(bitCount / 8) + bytes.length + 1);
  bits.copy(joined);
  const used = bitCount % 8;
  const start = (bitCount - used) / 8;
  for (const [index, byte] of bytes.entries()) {
    joined[start + index] = (joined[start + index] as number) | (byte >>> used);
    joined[start + index + 1] = (byte << (8 - used)) & 0xff;
  }
  return joined;
}
