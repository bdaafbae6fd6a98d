import { AccessKind } from "../../events/index.ts";
import { ParserErrors } from "../text/parser-errors.ts";
import { TokenLineParser } from "../text/token-line-parser.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import { allMatch, type FormatReading } from "../format-reading.ts";
import { DINERO_LINE, HEX_LETTERS } from "../text/line-patterns.ts";

const ADVICE =
  'A line should be a label and a hexadecimal address, like "0 7ffd10": 0 (load), 1 (store), 2 (instruction); ' +
  "3 and 4 are escape records and no references.";

const NO_REFERENCE = -1;
/** By label. */
const KINDS = [AccessKind.Load, AccessKind.Store, AccessKind.Instruction, NO_REFERENCE, NO_REFERENCE] as const;

/** Dinero's din: label, hexadecimal address with or without 0x, and anything behind it, which Dinero ignores, too. */
export class DineroParser extends TokenLineParser {
  constructor(recorder: TraceRecorder, file: string) {
    super(recorder, new ParserErrors(file, "dinero", ADVICE), "memory access");
  }

  protected parseLine(): boolean {
    const { cursor } = this;
    if (!cursor.takeDecimal() || cursor.decimal >= KINDS.length) return false;
    const kind = KINDS[cursor.decimal];
    if (!cursor.skipBlanks()) return false;
    cursor.takePrefix();
    if (!cursor.takeHex() || !(cursor.skipBlanks() || cursor.atEnd())) return false;
    if (kind === NO_REFERENCE) this.counts.skipped.escape += 1;
    else this.recorder.touchBytes(cursor.high, cursor.low, 1, kind);
    return true;
  }
}

export const dinero: FormatReading = {
  units: ["address"],
  recognise: ({ data }) => {
    if (!allMatch(data, DINERO_LINE)) return "no";
    return data.some((line) => HEX_LETTERS.test(line.trim().slice(1))) ? "sure" : "possible";
  },
  create: ({ recorder, file }) => new DineroParser(recorder, file),
};
