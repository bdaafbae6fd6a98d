import Bzip2 from "@foxglove/wasm-bz2";
import { alignBits, appendBytes } from "./bzip2-bits.ts";

const END_MARK = Uint8Array.of(0x17, 0x72, 0x45, 0x38, 0x50, 0x90);
const MARK_BYTES = END_MARK.length;
const CHECKSUM_BYTES = 4;
/** Four equal bytes and a count of up to 255 more take five bytes before they are sorted. */
const MAX_RUN_FACTOR = 52;
const OUTPUT_TOO_SMALL = /failed: -8\b/;

export type Bzip2Block = { readonly bytes: Uint8Array; readonly checksum: number };

/** libbz2's decoder, compiled to WebAssembly. It takes whole streams: a block becomes a stream of its own. */
export class Bzip2Decoder {
  static #loading: Promise<Bzip2> | undefined;
  readonly #bzip2: Bzip2;

  private constructor(bzip2: Bzip2) {
    this.#bzip2 = bzip2;
  }

  static async load(): Promise<Bzip2Decoder> {
    Bzip2Decoder.#loading ??= loadQuietly();
    return new Bzip2Decoder(await Bzip2Decoder.#loading);
  }

  /** Expands the block of these bits, its mark included; throws if its checksum does not fit. */
  expand(level: number, compressed: Uint8Array, fromBit: number, toBit: number): Bzip2Block {
    const block = alignBits(compressed, fromBit, toBit);
    const checksum = block.subarray(MARK_BYTES, MARK_BYTES + CHECKSUM_BYTES);
    if (checksum.length < CHECKSUM_BYTES) throw new Error("a block has no checksum");
    const header = Buffer.from(`BZh${level}`);
    const stream = Buffer.concat([header, appendBytes(block, toBit - fromBit, Buffer.concat([END_MARK, checksum]))]);
    return { bytes: this.#expandStream(stream, level), checksum: checksum.readUInt32BE() };
  }

  #expandStream(stream: Uint8Array, level: number): Uint8Array {
    const usual = level * 100_000 + 4096;
    try {
      return this.#bzip2.decompress(stream, usual);
    } catch (error) {
      if (!(error instanceof Error && OUTPUT_TOO_SMALL.test(error.message))) throw error;
      return this.#bzip2.decompress(stream, usual * MAX_RUN_FACTOR);
    }
  }
}

const PROCESS_EVENTS = ["uncaughtException", "unhandledRejection"] as const;

/** The module's loader takes over how the whole process treats errors, which is not its business. */
async function loadQuietly(): Promise<Bzip2> {
  const before = PROCESS_EVENTS.map((event) => new Set<unknown>(process.rawListeners(event)));
  const loading = Bzip2.init();
  for (const [index, event] of PROCESS_EVENTS.entries()) {
    for (const listener of process.rawListeners(event)) {
      if (before[index]?.has(listener) === false) process.off(event, listener);
    }
  }
  return await loading;
}
