/** Bytes of ASCII that the parsers of text look for. */
export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const SPACE = 0x20;
export const QUOTATION_MARK = 0x22;
export const NUMBER_SIGN = 0x23;
export const COMMA = 0x2c;
export const ZERO = 0x30;
export const LETTER_A = 0x61;
export const LETTER_X = 0x78;
export const LETTER_Z = 0x7a;
/** Set in lower-case letters and clear in upper-case ones. */
export const LOWER_CASE_BIT = 0x20;

/** What `HEX_DIGITS` holds for a byte that is not a hexadecimal digit. */
export const NOT_HEX = 255;

/** As many hexadecimal digits as 64 bits have. */
export const MAX_HEX_DIGITS = 16;

/** The value of each byte as a hexadecimal digit, upper or lower case. */
export const HEX_DIGITS: Uint8Array = makeHexDigits();

function makeHexDigits(): Uint8Array {
  const digits = new Uint8Array(256).fill(NOT_HEX);
  for (let value = 0; value < 16; value += 1) {
    const text = value.toString(16);
    digits[text.charCodeAt(0)] = value;
    digits[text.toUpperCase().charCodeAt(0)] = value;
  }
  return digits;
}
