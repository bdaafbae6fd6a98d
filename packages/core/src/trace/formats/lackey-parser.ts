import { AccessKind } from "../../events/index.ts";
import * as ascii from "../text/ascii.ts";
import { LineParser } from "../text/line-parser.ts";
import { MAX_LINE_BYTES } from "../text/line-splitter.ts";
import { ParserErrors } from "../text/parser-errors.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import { type FormatReading } from "../format-reading.ts";

// Taken out of the namespace once: vitest turns every use of an imported name into a look-up, which makes the loops below
// some forty times slower (measured with tests/trace-import-bench.test.ts).
const { CARRIAGE_RETURN, COMMA, HEX_DIGITS, MAX_HEX_DIGITS, NEWLINE, NOT_HEX, SPACE, ZERO } = ascii;
const { Instruction, Load, Store, Modify } = AccessKind;

const LETTER = { I: 0x49, L: 0x4c, M: 0x4d, S: 0x53 } as const;
const REFUSED = -1;

/** The largest access valgrind 3.19 itself reports is 512 bytes (MAX_DSIZE in lackey/lk_main.c). */
const MAX_ACCESS_BYTES = 65_536;

/** Lines of valgrind's own: messages (`==1234==`, `--1234--`, `**1234**`) and the marks of --trace-superblocks. */
const CHATTER = ["==", "--", "**", "SB "].map((text) => Uint8Array.from(text, (character) => character.charCodeAt(0)));

const ADVICE =
  'A line should be like "I  04016f40,3" or " L 1ffefffe68,8" (S and M likewise): kind, hexadecimal address, bytes. ' +
  "Record with --log-file=FILE, so that the program's own output does not get in between.";

/**
 * Text of `valgrind --tool=lackey --trace-mem=yes`. An access that crosses the end of a page touches every page it
 * reaches into, one reference each.
 */
export class LackeyParser extends LineParser {
  constructor(recorder: TraceRecorder, file: string) {
    super(recorder, new ParserErrors(file, "lackey", ADVICE), "memory access");
  }

  protected parseLines(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      const next = this.#parseAccess(bytes, at);
      at = next === REFUSED ? this.#skipChatter(bytes, at) : next;
      this.line += 1;
    }
  }

  /** Returns the start of the next line. The newline at the end of the line stops every loop here. */
  #parseAccess(bytes: Uint8Array, start: number): number {
    const kind = accessKind(bytes[start], bytes[start + 1]);
    if (kind === REFUSED || bytes[start + 2] !== SPACE) return REFUSED;
    let at = start + 3;
    let high = 0;
    let low = 0;
    let digit = HEX_DIGITS[bytes[at]];
    const firstDigit = at;
    while (digit !== NOT_HEX) {
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
      at += 1;
      digit = HEX_DIGITS[bytes[at]];
    }
    if (at === firstDigit || at - firstDigit > MAX_HEX_DIGITS || bytes[at] !== COMMA) return REFUSED;
    at += 1;
    let size = 0;
    let decimal = bytes[at] - ZERO;
    while (decimal >= 0 && decimal <= 9 && size <= MAX_ACCESS_BYTES) {
      size = size * 10 + decimal;
      at += 1;
      decimal = bytes[at] - ZERO;
    }
    if (bytes[at] === CARRIAGE_RETURN) at += 1;
    if (bytes[at] !== NEWLINE || size === 0 || size > MAX_ACCESS_BYTES) return REFUSED;
    return this.recorder.touchBytes(high >>> 0, low >>> 0, size, kind) ? at + 1 : REFUSED;
  }

  #skipChatter(bytes: Uint8Array, start: number): number {
    const end = bytes.indexOf(NEWLINE, start);
    const blank = end === start || (end === start + 1 && bytes[start] === CARRIAGE_RETURN);
    if (!blank && !CHATTER.some((mark) => mark.every((byte, i) => bytes[start + i] === byte))) {
      this.errors.refuseLine(bytes, start, this.line);
    }
    if (blank) this.counts.skipped.empty += 1;
    else this.counts.skipped.message += 1;
    if (end - start > MAX_LINE_BYTES) this.errors.refuseLongLine(this.line);
    return end + 1;
  }
}

/** Instructions have their letter in the first column, data accesses in the second. */
function accessKind(first: number, second: number): number {
  if (first === LETTER.I) return second === SPACE ? Instruction : REFUSED;
  if (first !== SPACE) return REFUSED;
  if (second === LETTER.L) return Load;
  if (second === LETTER.S) return Store;
  return second === LETTER.M ? Modify : REFUSED;
}

/** With blanks lost or added, too: the parser refuses such a line, which a CSV would read as a page and a size in bytes. */
const LACKEY_LINE = /^(?:==\d+==.*|\s*[ILSM]\s+[0-9a-f]+,\d+\s*)$/i;

export const lackey: FormatReading = {
  units: ["address"],
  recognise: ({ lines }) => (lines.some((line) => LACKEY_LINE.test(line)) ? "sure" : "no"),
  create: ({ recorder, file }) => new LackeyParser(recorder, file),
};
