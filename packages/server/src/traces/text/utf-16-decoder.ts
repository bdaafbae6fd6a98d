import { TraceError } from "@ballast/core/trace";
import type { TextStage } from "./text-stage.ts";

const UNIT_BYTES = 2;
const HIGH_SURROGATE = { first: 0xd800, last: 0xdbff } as const;

/** Turns UTF-16 into UTF-8, wherever pieces are cut. Half a character is an error, not a replacement. */
export class Utf16Decoder implements TextStage {
  readonly #file: string;
  readonly #bigEndian: boolean;
  #kept: Buffer = Buffer.alloc(0);
  /** Byte where the kept ones begin. */
  #offset: number;

  /** `offset`: byte of the file where the text begins. */
  constructor(file: string, bigEndian: boolean, offset: number) {
    this.#file = file;
    this.#bigEndian = bigEndian;
    this.#offset = offset;
  }

  push(bytes: Uint8Array): Uint8Array {
    const all = Buffer.concat([this.#kept, bytes]);
    const text = this.#decode(all.subarray(0, this.#wholeBytes(all)));
    if (!text.isWellFormed()) throw this.#refuse(this.#offset + UNIT_BYTES * loneSurrogate(text), "half a character (a lone surrogate)");
    const length = text.length * UNIT_BYTES;
    this.#kept = all.subarray(length);
    this.#offset += length;
    return Buffer.from(text);
  }

  finish(): Uint8Array {
    if (this.#kept.length === 0) return this.#kept;
    throw this.#refuse(this.#offset, `the text ends within a character: ${this.#kept.length} bytes of it are left`);
  }

  /** Without a last odd byte, and without a high surrogate whose other half is not there yet. */
  #wholeBytes(bytes: Buffer): number {
    const length = bytes.length - (bytes.length % UNIT_BYTES);
    if (length === 0) return 0;
    const at = length - UNIT_BYTES;
    const last = this.#bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);
    return last >= HIGH_SURROGATE.first && last <= HIGH_SURROGATE.last ? at : length;
  }

  #decode(bytes: Buffer): string {
    return (this.#bigEndian ? Buffer.from(bytes).swap16() : bytes).toString("utf16le");
  }

  #refuse(byteOffset: number, found: string): TraceError {
    const encoding = this.#bigEndian ? "UTF-16BE" : "UTF-16LE";
    const advice = "Fetch or write it again, or convert it to UTF-8. Nothing was imported.";
    return new TraceError("encoding-invalid", { file: this.#file, byteOffset }, `in this ${encoding} text, ${found}`, advice);
  }
}

/** Index of the first surrogate that has no other half. */
function loneSurrogate(text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    const point = text.codePointAt(index) as number;
    if (point >= 0xd800 && point <= 0xdfff) return index;
    if (point > 0xffff) index += 1;
  }
  return text.length;
}
