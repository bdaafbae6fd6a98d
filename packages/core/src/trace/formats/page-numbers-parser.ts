import { AccessKind } from "../../events/index.ts";
import * as ascii from "../text/ascii.ts";
import * as kindLetter from "../text/kind-letter.ts";
import { LineParser } from "../text/line-parser.ts";
import { MAX_LINE_BYTES } from "../text/line-splitter.ts";
import { NumberReader } from "../text/number-reader.ts";
import { ParserErrors } from "../text/parser-errors.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import type { TraceUnitOrUndecided } from "../trace-unit.ts";
import { UnitChoice } from "./unit-choice.ts";
import { allMatch, type FormatReading } from "../format-reading.ts";

// Taken out of the namespace once: vitest turns every use of an imported name into a look-up, which makes the loops below
// some forty times slower (measured with tests/trace-import-bench.test.ts).
const { CARRIAGE_RETURN, NEWLINE, NUMBER_SIGN, SPACE, TAB, ZERO } = ascii;
const { HEX_DIGITS, LETTER_X, MAX_HEX_DIGITS, NOT_HEX } = ascii;
const { kindOfLetter, NO_KIND } = kindLetter;

const ADVICE =
  'A line should be a number of at most 64 bits, decimal ("4102") or hexadecimal ("0x1006"), if you like with a kind ' +
  'before or after it: I (instruction), L or R (load), S or W (store), M (modify), as in "S 0x1006". ' +
  "Empty lines and lines that begin with # are skipped.";

const NOT_PLAIN = -1;

/** One number per line, of a page or an address; without a kind letter it is a load. */
export class PageNumbersParser extends LineParser {
  readonly #number = new NumberReader();
  readonly #unit: UnitChoice;
  readonly #isPage: boolean;

  constructor(recorder: TraceRecorder, file: string, unit: TraceUnitOrUndecided) {
    super(recorder, new ParserErrors(file, "page-numbers", ADVICE), "page number");
    this.#unit = new UnitChoice(recorder, file, "page-numbers", unit);
    this.#isPage = !this.#unit.isAddress;
  }

  override finish(): void {
    super.finish();
    this.#unit.finish();
  }

  protected parseLines(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      const next = this.#parsePlainLine(bytes, at);
      at = next === NOT_PLAIN ? this.#parseLine(bytes, at) : next;
      this.line += 1;
    }
  }

  /**
   * Takes the lines that programs write, a kind, a blank and 0x, at twice the speed of `#parseLine`, which takes every
   * other. Returns the start of the next line.
   */
  #parsePlainLine(bytes: Uint8Array, start: number): number {
    const kind = kindOfLetter(bytes[start]);
    const prefixed = bytes[start + 1] === SPACE && bytes[start + 2] === ZERO && bytes[start + 3] === LETTER_X;
    if (kind === NO_KIND || !prefixed) return NOT_PLAIN;
    let at = start + 4;
    let high = 0;
    let low = 0;
    let digit = HEX_DIGITS[bytes[at]];
    while (digit !== NOT_HEX) {
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
      at += 1;
      digit = HEX_DIGITS[bytes[at]];
    }
    const digits = at - start - 4;
    if (bytes[at] !== NEWLINE || digits === 0 || digits > MAX_HEX_DIGITS) return NOT_PLAIN;
    if (this.#unit.undecided) return NOT_PLAIN;
    if (this.#isPage) this.recorder.touchPage(high >>> 0, low >>> 0, kind);
    else this.recorder.touchBytes(high >>> 0, low >>> 0, 1, kind);
    return at + 1;
  }

  /** Returns the start of the next line. */
  #parseLine(bytes: Uint8Array, start: number): number {
    let at = skipBlanks(bytes, start);
    if (bytes[at] === NEWLINE || bytes[at] === NUMBER_SIGN) return this.#skipLine(bytes, start);
    let kind: number = kindOfLetter(bytes[at]);
    const before = kind !== NO_KIND;
    if (before) at = skipBlanks(bytes, at + 1);
    const first = at;
    at = this.#number.read(bytes, first);
    if (at < 0) this.errors.refuseLine(bytes, start, this.line);
    const last = at;
    at = skipBlanks(bytes, last);
    if (!before) {
      kind = at > last ? kindOfLetter(bytes[at]) : NO_KIND;
      if (kind === NO_KIND) kind = AccessKind.Load;
      else at = skipBlanks(bytes, at + 1);
    }
    if (bytes[at] !== NEWLINE) this.errors.refuseLine(bytes, start, this.line);
    if (at - start > MAX_LINE_BYTES) this.errors.refuseLongLine(this.line);
    const { high, low } = this.#number;
    if (this.#number.hexadecimal || this.#unit.isDoubtful(high, low)) {
      this.#unit.requireDecided(bytes, first, last, this.line);
    }
    this.#unit.touch(high, low, kind);
    return at + 1;
  }

  #skipLine(bytes: Uint8Array, start: number): number {
    const end = bytes.indexOf(NEWLINE, start);
    if (end - start > MAX_LINE_BYTES) this.errors.refuseLongLine(this.line);
    if (bytes[skipBlanks(bytes, start)] === NUMBER_SIGN) this.counts.skipped.comment += 1;
    else this.counts.skipped.empty += 1;
    return end + 1;
  }
}

function skipBlanks(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CARRIAGE_RETURN) at += 1;
  return at;
}

const NUMBER_LINE = /^\s*(?:[ilrgswpm][ \t]*)?(?:0x[0-9a-f]+|\d+)(?:[ \t]+[ilrgswpm])?\s*$/i;

export const pageNumbers: FormatReading = {
  units: ["page", "address"],
  recognise: ({ data }) => (allMatch(data, NUMBER_LINE) ? "possible" : "no"),
  create: ({ recorder, file, unit }) => new PageNumbersParser(recorder, file, unit),
};
