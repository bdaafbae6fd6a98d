import { SPACE, TAB } from "../text/ascii.ts";
import { decodeText } from "../text/decode-text.ts";

/**
 * One record of a CSV: the fields from index 1, without their quotes. What lies at the end of a field is no digit, so
 * that numbers can be read up to there.
 */
export class CsvRecord {
  bytes: Uint8Array = new Uint8Array(0);
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** How many fields there are, as far as they are needed. */
  count = 0;
  /** Where the record begins. */
  line = 0;

  /** `capacity`: how many fields can be held. */
  constructor(capacity: number) {
    this.starts = new Int32Array(capacity + 1);
    this.ends = new Int32Array(capacity + 1);
  }

  /** Where a field begins behind its blanks. */
  startOf(column: number): number {
    let start = this.starts[column];
    while (start < this.ends[column] && isBlank(this.bytes[start])) start += 1;
    return start;
  }

  /** Where it ends before its blanks. */
  endOf(column: number): number {
    let end = this.ends[column];
    while (end > this.starts[column] && isBlank(this.bytes[end - 1])) end -= 1;
    return end;
  }

  text(column: number): string {
    return decodeText(this.bytes.subarray(this.startOf(column), Math.max(this.startOf(column), this.endOf(column))));
  }

  texts(): string[] {
    return Array.from({ length: this.count }, (_, index) => this.text(index + 1));
  }
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
