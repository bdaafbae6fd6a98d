import * as ascii from "./ascii.ts";
import { kindOfLetter, NO_KIND } from "./kind-letter.ts";

// Taken out of the namespace once: see lackey-parser.ts.
const { CARRIAGE_RETURN, HEX_DIGITS, LETTER_X, LOWER_CASE_BIT, MAX_HEX_DIGITS, NEWLINE, NOT_HEX, SPACE, TAB, ZERO } = ascii;

const MAX_DECIMAL = 2 ** 32 - 1;

/** Reads one line from its start to its newline, which ends every loop here. */
export class LineCursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  /** What `takeHex` read. */
  high = 0;
  low = 0;
  /** How many digits it had. */
  digits = 0;
  /** What `takeDecimal` read. */
  decimal = 0;

  begin(bytes: Uint8Array, start: number): void {
    this.bytes = bytes;
    this.at = start;
  }

  /** Returns whether there was one. */
  skipBlanks(): boolean {
    const start = this.at;
    while (isBlank(this.bytes[this.at])) this.at += 1;
    return this.at > start;
  }

  /** Whether nothing but blanks is left, which it skips. */
  atEnd(): boolean {
    this.skipBlanks();
    return this.bytes[this.at] === NEWLINE;
  }

  skipToBlank(): void {
    while (!isBlank(this.bytes[this.at]) && this.bytes[this.at] !== NEWLINE) this.at += 1;
  }

  /** Takes these bytes if they come next. */
  take(text: Uint8Array): boolean {
    for (let i = 0; i < text.length; i += 1) if (this.bytes[this.at + i] !== text[i]) return false;
    this.at += text.length;
    return true;
  }

  takeByte(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }

  /** Takes a letter that stands for an access kind and has no letter or digit behind it; `NO_KIND` if there is none. */
  takeKind(): number {
    const kind = kindOfLetter(this.bytes[this.at]);
    const next = this.bytes[this.at + 1];
    if (kind === NO_KIND || !(isBlank(next) || next === NEWLINE)) return NO_KIND;
    this.at += 1;
    return kind;
  }

  /** Takes a prefix 0x if there is one. */
  takePrefix(): boolean {
    if (this.bytes[this.at] !== ZERO || (this.bytes[this.at + 1] | LOWER_CASE_BIT) !== LETTER_X) return false;
    this.at += 2;
    return true;
  }

  /** Takes 1 to 16 hexadecimal digits, with no further digit behind them. */
  takeHex(): boolean {
    const { bytes } = this;
    const start = this.at;
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
    this.at = at;
    this.high = high >>> 0;
    this.low = low >>> 0;
    this.digits = at - start;
    return at > start && at - start <= MAX_HEX_DIGITS;
  }

  /** Takes decimal digits, however many, without their value. */
  takeDecimalRun(): boolean {
    const start = this.at;
    while (isDigit(this.bytes[this.at])) this.at += 1;
    return this.at > start;
  }

  /** Takes a decimal number below 2^32. */
  takeDecimal(): boolean {
    const start = this.at;
    let value = 0;
    let digit = this.bytes[this.at] - ZERO;
    while (digit >= 0 && digit <= 9 && value <= MAX_DECIMAL) {
      value = value * 10 + digit;
      this.at += 1;
      digit = this.bytes[this.at] - ZERO;
    }
    this.decimal = value;
    return this.at > start && value <= MAX_DECIMAL;
  }
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === CARRIAGE_RETURN;
}
