import { AccessKind } from "../../events/index.ts";
import { NUMBER_SIGN } from "../text/ascii.ts";
import { ParserErrors } from "../text/parser-errors.ts";
import { textBytes, TokenLineParser } from "../text/token-line-parser.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import type { TraceReport } from "../trace-report.ts";
import { allMatch, type FormatReading } from "../format-reading.ts";

const ADVICE =
  'A line should be like "0x401126: R 0x7ffd1234": instruction, R or W, address; behind it, if the tool writes them, ' +
  "a size in bytes and a value. Lines that begin with # are skipped.";

const COLON = 0x3a;
const LETTER_R = 0x52;
const LETTER_W = 0x57;
/** What printf's %p writes for address 0. */
const NIL = textBytes("(nil)");
const END_OF_FILE = textBytes("#eof");
/** Larger accesses are taken for a damaged line: no instruction accesses as much. */
const MAX_ACCESS_BYTES = 65_536;
const NO_END = "The last line is not #eof, which pinatrace writes when it ends: the recording may be cut off.";

/** Pin's pinatrace: data accesses alone. The instruction's address tells who accessed, and is no reference. */
export class PinatraceParser extends TokenLineParser {
  #ended = false;

  constructor(recorder: TraceRecorder, file: string) {
    super(recorder, new ParserErrors(file, "pinatrace", ADVICE), "memory access");
  }

  protected parseLine(): boolean {
    const { cursor } = this;
    if (cursor.bytes[cursor.at] === NUMBER_SIGN) {
      this.#ended = cursor.take(END_OF_FILE) && cursor.atEnd();
      this.counts.skipped.comment += 1;
      return true;
    }
    this.#ended = false;
    if (!this.#takeAddress() || !cursor.takeByte(COLON)) return false;
    cursor.skipBlanks();
    const kind = this.#takeKind();
    if (kind < 0 || !cursor.skipBlanks() || !this.#takeAddress()) return false;
    const { high, low } = cursor;
    const size = this.#takeSize();
    if (size < 0) return false;
    if (size === 0) this.counts.zeroSizeRequests += 1;
    return this.recorder.touchBytes(high, low, Math.max(size, 1), kind);
  }

  override report(): TraceReport {
    const report = super.report();
    return this.#ended ? report : { ...report, notes: [...report.notes, NO_END] };
  }

  #takeKind(): number {
    if (this.cursor.takeByte(LETTER_R)) return AccessKind.Load;
    return this.cursor.takeByte(LETTER_W) ? AccessKind.Store : -1;
  }

  #takeAddress(): boolean {
    const { cursor } = this;
    if (cursor.take(NIL)) {
      cursor.high = 0;
      cursor.low = 0;
      return true;
    }
    return cursor.takePrefix() && cursor.takeHex();
  }

  /** The size behind the address, 1 if the line ends there; -1 if there is something else. A value follows the size. */
  #takeSize(): number {
    const { cursor } = this;
    if (cursor.atEnd()) return 1;
    if (!cursor.takeDecimal() || cursor.decimal > MAX_ACCESS_BYTES) return -1;
    const { decimal } = cursor;
    return cursor.skipBlanks() || cursor.atEnd() ? decimal : -1;
  }
}

const PINATRACE_LINE = /^(?:0x[0-9a-f]+|\(nil\)): [RW] +(?:0x[0-9a-f]+|\(nil\))(?:\s.*)?$/i;

export const pinatrace: FormatReading = {
  units: ["address"],
  recognise: ({ data }) => (allMatch(data, PINATRACE_LINE) ? "sure" : "no"),
  create: ({ recorder, file }) => new PinatraceParser(recorder, file),
};
