import { TraceError } from "@ballast/core/trace";

/** How a text is encoded, told by its first bytes. UTF-8 stands for any superset of ASCII, such as Latin-1. */
export type TextEncoding = "utf-8" | "utf-8-with-mark" | "utf-16le" | "utf-16be";

const MARKS = {
  "utf-8-with-mark": [0xef, 0xbb, 0xbf],
  "utf-16le": [0xff, 0xfe],
  "utf-16be": [0xfe, 0xff],
} as const;
/** Bytes that are looked at for the zeros of UTF-16 and UTF-32. */
const LOOKED_AT = 64;

/** The byte order mark's length, which is no part of the text. */
export function markBytes(encoding: TextEncoding): number {
  return encoding === "utf-8" ? 0 : MARKS[encoding].length;
}

/**
 * Tells the encoding of what may be a text; undefined for bytes that are none. Throws a `TraceError` for a text in an
 * encoding that is not read.
 */
export function textEncodingOf(head: Uint8Array, file: string): TextEncoding | undefined {
  refuseUnmarked(head, file);
  if (startsWith(head, MARKS["utf-16le"]) && isUtf16(head, 0, 1)) return "utf-16le";
  if (startsWith(head, MARKS["utf-16be"]) && isUtf16(head, 1, 0)) return "utf-16be";
  if (head.includes(0)) return undefined;
  return startsWith(head, MARKS["utf-8-with-mark"]) ? "utf-8-with-mark" : "utf-8";
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Behind the mark: no character is NUL, and some are ASCII. A binary record that begins with the mark is none. */
function isUtf16(head: Uint8Array, lowByte: 0 | 1, highByte: 0 | 1): boolean {
  let ascii = 0;
  for (let at = 2; at + 1 < Math.min(head.length, LOOKED_AT); at += 2) {
    const [low, high] = [head[at + lowByte] as number, head[at + highByte] as number];
    if (low === 0 && high === 0) return false;
    if (high === 0 && isAscii(low)) ascii += 1;
  }
  return ascii > 0 || head.length < 4;
}

function isAscii(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** Where the ASCII byte of a character lies, of how many bytes. */
const UNMARKED = [
  { name: "UTF-32LE", size: 4, at: 0 },
  { name: "UTF-32BE", size: 4, at: 3 },
  { name: "UTF-16LE", size: 2, at: 0 },
  { name: "UTF-16BE", size: 2, at: 1 },
] as const;
const UTF_32_MARK_BYTES = 4;

function refuseUnmarked(head: Uint8Array, file: string): void {
  const hasMark = startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff]);
  const text = head.subarray(hasMark ? UTF_32_MARK_BYTES : 0, LOOKED_AT);
  const found = UNMARKED.find(({ size, at }) => isAsciiIn(text, size, at));
  if (found === undefined) return;
  const what = found.size === 4 ? `${found.name} text` : `${found.name} text without a byte order mark`;
  const advice = `Convert it: iconv -f ${found.name} -t UTF-8 FILE | ballast import - --name NAME. Nothing was imported.`;
  throw new TraceError("format-unsupported", { file }, `this is ${what}`, advice);
}

function isAsciiIn(bytes: Uint8Array, size: number, asciiAt: number): boolean {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % size));
  return whole.length >= 2 * size && whole.every((byte, index) => (index % size === asciiAt ? isAscii(byte) : byte === 0));
}
