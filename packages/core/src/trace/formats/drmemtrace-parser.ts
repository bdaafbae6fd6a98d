import { AccessKind } from "../../events/index.ts";
import { ParserErrors } from "../text/parser-errors.ts";
import { textBytes, TokenLineParser } from "../text/token-line-parser.ts";
import type { SkippedLine } from "../trace-report.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import { type FormatReading } from "../format-reading.ts";

const ADVICE =
  'A line should be as the view tool writes it, like "9 1: W0.T42 read 8 byte(s) @ 0x00007ffd10 by PC 0x...". ' +
  "Record with -tool view, and keep the program's own output out of the file.";

const COLON = 0x3a;
const LESS_THAN = 0x3c;
const AT = textBytes("byte(s) @ 0x");
/** Lines that the tool writes around the records. */
const FRAME = ["Output format:", "<--record#->", "---", "View tool results:"].map(textBytes);
const TOTAL = textBytes(": total instructions");
/** Larger accesses are taken for a damaged line: cache lines and vectors are smaller. */
const MAX_ACCESS_BYTES = 65_536;

/** What the names of records stand for; those that begin with "pref" are prefetches. */
const KINDS = [
  { name: textBytes("ifetch"), kind: AccessKind.Instruction },
  { name: textBytes("read"), kind: AccessKind.Load },
  { name: textBytes("write"), kind: AccessKind.Store },
] as const;
const NO_REFERENCES: readonly { readonly name: Uint8Array; readonly skipped: SkippedLine }[] = [
  { name: textBytes("non-fetched"), skipped: "unfetched" },
  { name: textBytes("pref"), skipped: "prefetch" },
  { name: textBytes("iflush"), skipped: "prefetch" },
  { name: textBytes("dflush"), skipped: "prefetch" },
];

/** Text of DynamoRIO's view tool: instructions that were fetched, reads and writes; markers are skipped and counted. */
export class DrmemtraceParser extends TokenLineParser {
  constructor(recorder: TraceRecorder, file: string) {
    super(recorder, new ParserErrors(file, "drmemtrace", ADVICE), "memory access");
  }

  protected parseLine(end: number): boolean {
    const { cursor } = this;
    const start = cursor.at;
    if (!this.#takePrefix()) return this.#takeFrame(start);
    if (cursor.bytes[cursor.at] === LESS_THAN) return this.#skip("marker");
    for (const { name, kind } of KINDS) if (this.#takeName(name)) return this.#takeAccess(kind);
    for (const { name, skipped } of NO_REFERENCES) if (cursor.take(name)) return this.#skip(skipped);
    // The raw bytes of a long instruction continue on lines with a prefix of their own.
    return this.#isRawBytes(end) && this.#skip("disassembly");
  }

  /** The ordinals of record and instruction, and the thread. */
  #takePrefix(): boolean {
    const { cursor } = this;
    if (!cursor.takeDecimalRun() || !cursor.skipBlanks() || !cursor.takeDecimalRun() || !cursor.takeByte(COLON)) return false;
    cursor.skipBlanks();
    cursor.skipToBlank();
    return cursor.skipBlanks();
  }

  #takeName(name: Uint8Array): boolean {
    const { cursor } = this;
    return cursor.take(name) && cursor.skipBlanks();
  }

  #takeAccess(kind: number): boolean {
    const { cursor } = this;
    if (!cursor.takeDecimal() || cursor.decimal > MAX_ACCESS_BYTES) return false;
    const size = cursor.decimal;
    cursor.skipBlanks();
    if (!cursor.take(AT) || !cursor.takeHex() || !(cursor.skipBlanks() || cursor.atEnd())) return false;
    if (size === 0) this.counts.zeroSizeRequests += 1;
    return this.recorder.touchBytes(cursor.high, cursor.low, Math.max(size, 1), kind);
  }

  #takeFrame(start: number): boolean {
    const { cursor } = this;
    cursor.at = start;
    if (FRAME.some((text) => cursor.take(text))) return this.#skip("message");
    cursor.at = start;
    return cursor.takeDecimalRun() && (cursor.skipBlanks(), cursor.take(TOTAL)) && this.#skip("message");
  }

  #isRawBytes(end: number): boolean {
    const { cursor } = this;
    while (cursor.at < end && !cursor.atEnd()) if (!cursor.takeHex() || cursor.digits > 8) return false;
    return true;
  }

  #skip(what: SkippedLine): true {
    this.counts.skipped[what] += 1;
    return true;
  }
}

const DRMEMTRACE_LINE = /^(?:<--record#-> .*|\s*\d+\s+\d+:\s+\S+\s+(?:<marker: .*|\S+\s+\d+ byte\(s\) @ 0x[0-9a-f]+.*))$/i;

export const drmemtrace: FormatReading = {
  units: ["address"],
  recognise: ({ lines }) => (lines.some((line) => DRMEMTRACE_LINE.test(line)) ? "sure" : "no"),
  create: ({ recorder, file }) => new DrmemtraceParser(recorder, file),
};
