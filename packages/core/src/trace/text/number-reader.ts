import { HEX_DIGITS, LETTER_X, LOWER_CASE_BIT, MAX_HEX_DIGITS, NOT_HEX, ZERO } from "./ascii.ts";

const TWO_TO_THE_32 = 2 ** 32;
/** 2^64 has 20 digits; the upper half of a number of 20 digits stays far below 2^53, and therefore exact. */
const MAX_DECIMAL_DIGITS = 20;

/**
 * Reads an unsigned 64-bit number, decimal or hexadecimal after 0x, as two halves of 32 bits. The bytes must hold
 * something that is not a digit behind it.
 */
export class NumberReader {
  high = 0;
  low = 0;
  /** Whether the last number had a prefix 0x. */
  hexadecimal = false;

  /** Returns the index behind the last digit; -1 if there is no number at `start`, or one of more than 64 bits. */
  read(bytes: Uint8Array, start: number): number {
    const prefixed = bytes[start] === ZERO && (bytes[start + 1] | LOWER_CASE_BIT) === LETTER_X;
    this.hexadecimal = prefixed;
    return prefixed ? this.readHexadecimal(bytes, start + 2) : this.#readDecimal(bytes, start);
  }

  /** The same for hexadecimal digits without a prefix. */
  readHexadecimal(bytes: Uint8Array, start: number): number {
    let at = start;
    let high = 0;
    let low = 0;
    let digit = HEX_DIGITS[bytes[at]];
    while (digit !== NOT_HEX) {
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
      at += 1;
      digit = HEX_DIGITS[bytes[at]];
    }
    this.high = high >>> 0;
    this.low = low >>> 0;
    return at === start || at - start > MAX_HEX_DIGITS ? -1 : at;
  }

  #readDecimal(bytes: Uint8Array, start: number): number {
    let at = start;
    let high = 0;
    let low = 0;
    let digit = bytes[at] - ZERO;
    while (digit >= 0 && digit <= 9 && at - start < MAX_DECIMAL_DIGITS) {
      low = low * 10 + digit;
      const carry = Math.floor(low / TWO_TO_THE_32);
      low -= carry * TWO_TO_THE_32;
      high = high * 10 + carry;
      at += 1;
      digit = bytes[at] - ZERO;
    }
    this.high = high;
    this.low = low;
    const ended = digit < 0 || digit > 9;
    return at === start || !ended || high >= TWO_TO_THE_32 ? -1 : at;
  }
}
