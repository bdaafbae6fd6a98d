import { NEWLINE } from "./ascii.ts";

/** Longer lines are refused: they would have to be kept in memory whole. */
export const MAX_LINE_BYTES = 65_536;

/**
 * Cuts a stream of bytes into runs of whole lines, wherever the stream's chunks end. A run is passed on where it lies
 * in its chunk, without a copy; only a line cut by the end of a chunk is put together in a buffer.
 */
export class LineSplitter {
  readonly #parseLines: (bytes: Uint8Array, start: number, end: number) => void;
  readonly #refuseLongLine: () => never;
  #carry = new Uint8Array(256);
  #carryLength = 0;

  /**
   * `parseLines` gets bytes from `start` (included) to `end` (excluded), the last of them a newline. It must itself
   * refuse a line of more than `MAX_LINE_BYTES`, so that the outcome does not depend on where chunks end.
   */
  constructor(parseLines: (bytes: Uint8Array, start: number, end: number) => void, refuseLongLine: () => never) {
    this.#parseLines = parseLines;
    this.#refuseLongLine = refuseLongLine;
  }

  feed(bytes: Uint8Array): void {
    let start = 0;
    if (this.#carryLength > 0) {
      const end = bytes.indexOf(NEWLINE) + 1;
      if (end === 0) {
        this.#keep(bytes);
        return;
      }
      this.#keep(bytes.subarray(0, end));
      this.#parseCarry();
      start = end;
    }
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end > start) this.#parseLines(bytes, start, end);
    this.#keep(bytes.subarray(Math.max(start, end)));
  }

  /** Parses a last line that has no newline. */
  finish(): void {
    if (this.#carryLength === 0) return;
    this.#keep(Uint8Array.of(NEWLINE));
    this.#parseCarry();
  }

  /** Takes back what is kept of a line that is not complete. */
  takeRest(): Uint8Array<ArrayBuffer> {
    const rest = this.#carry.slice(0, this.#carryLength);
    this.#carryLength = 0;
    return rest;
  }

  #parseCarry(): void {
    const length = this.#carryLength;
    this.#carryLength = 0;
    this.#parseLines(this.#carry, 0, length);
  }

  #keep(bytes: Uint8Array): void {
    const length = this.#carryLength + bytes.length;
    // One byte more than a line may have: its newline.
    if (length > MAX_LINE_BYTES + 1) this.#refuseLongLine();
    if (length > this.#carry.length) this.#grow(length);
    this.#carry.set(bytes, this.#carryLength);
    this.#carryLength = length;
  }

  #grow(length: number): void {
    const larger = new Uint8Array(Math.max(length, 2 * this.#carry.length));
    larger.set(this.#carry);
    this.#carry = larger;
  }
}
