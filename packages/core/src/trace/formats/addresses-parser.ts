import { AccessKind } from "../../events/index.ts";
import { NUMBER_SIGN } from "../text/ascii.ts";
import { NO_KIND } from "../text/kind-letter.ts";
import { ParserErrors } from "../text/parser-errors.ts";
import { TokenLineParser } from "../text/token-line-parser.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import type { TraceUnitOrUndecided } from "../trace-unit.ts";
import { UnitChoice } from "./unit-choice.ts";
import { allMatch, type FormatReading } from "../format-reading.ts";
import { HEX_LETTERS } from "../text/line-patterns.ts";

const ADVICE =
  'A line should be a hexadecimal number of at most 64 bits, like "0041f7a0", if you like with a kind before or after ' +
  'it: I (instruction), L or R (load), S or W (store), M (modify), as in "0041f7a0 R". ' +
  "Empty lines and lines that begin with # are skipped.";

/** Programs that write addresses fill them up to this many digits at least; shorter numbers may be page numbers. */
const MIN_ADDRESS_DIGITS = 8;

/** One hexadecimal number per line, with or without 0x and with a kind before or after it; without one it is a load. */
export class AddressesParser extends TokenLineParser {
  readonly #unit: UnitChoice;

  constructor(recorder: TraceRecorder, file: string, unit: TraceUnitOrUndecided) {
    super(recorder, new ParserErrors(file, "addresses", ADVICE), "address");
    this.#unit = new UnitChoice(recorder, file, "addresses", unit);
  }

  protected parseLine(end: number): boolean {
    const { cursor } = this;
    const start = cursor.at;
    if (cursor.bytes[start] === NUMBER_SIGN) {
      this.counts.skipped.comment += 1;
      return true;
    }
    let kind = cursor.takeKind();
    const before = kind !== NO_KIND;
    if (before) cursor.skipBlanks();
    cursor.takePrefix();
    if (!cursor.takeHex()) return false;
    const { high, low, digits } = cursor;
    const separated = cursor.skipBlanks();
    if (!before && separated) kind = cursor.takeKind();
    if (!cursor.atEnd()) return false;
    if (digits < MIN_ADDRESS_DIGITS) this.#unit.requireDecided(cursor.bytes, start, end, this.line);
    this.#unit.touch(high, low, kind === NO_KIND ? AccessKind.Load : kind);
    return true;
  }
}

const HEX_LINE = /^\s*(?:[ilrgswpm][ \t]+)?(?:0x)?[0-9a-f]{1,16}(?:[ \t]+[ilrgswpm])?\s*$/i;
/** A number of decimal digits that is filled up with zeros, as hexadecimal addresses are. */
const PADDED_NUMBER = /(?:^|\s)0\d{3,}(?:\s|$)/;

export const addresses: FormatReading = {
  units: ["address", "page"],
  recognise: ({ data }) => {
    if (!allMatch(data, HEX_LINE) || data.some((line) => /0x/i.test(line))) return "no";
    if (data.some((line) => HEX_LETTERS.test(line))) return "sure";
    return data.some((line) => PADDED_NUMBER.test(line)) ? "possible" : "no";
  },
  create: ({ recorder, file, unit }) => new AddressesParser(recorder, file, unit),
};
