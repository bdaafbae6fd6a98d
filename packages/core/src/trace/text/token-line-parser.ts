import { CARRIAGE_RETURN, NEWLINE } from "./ascii.ts";
import { LineCursor } from "./line-cursor.ts";
import { LineParser } from "./line-parser.ts";
import { MAX_LINE_BYTES } from "./line-splitter.ts";

/** A parser that reads each line with a cursor; a line of blanks is no reference of any format. */
export abstract class TokenLineParser extends LineParser {
  protected readonly cursor = new LineCursor();

  protected parseLines(bytes: Uint8Array, start: number, end: number): void {
    const { cursor } = this;
    let at = start;
    let carriageReturn = bytes.indexOf(CARRIAGE_RETURN, start);
    while (at < end) {
      const next = bytes.indexOf(NEWLINE, at) + 1;
      if (next - 1 - at > MAX_LINE_BYTES) this.errors.refuseLongLine(this.line);
      if (carriageReturn >= 0) {
        if (carriageReturn < at) carriageReturn = bytes.indexOf(CARRIAGE_RETURN, at);
        if (carriageReturn >= 0 && carriageReturn < next - 2) this.errors.refuseCarriageReturn(bytes, at, this.line);
      }
      cursor.begin(bytes, at);
      if (cursor.atEnd()) this.counts.skipped.empty += 1;
      else if (!this.parseLine(next - 1)) this.errors.refuseLine(bytes, at, this.line);
      this.line += 1;
      at = next;
    }
  }

  /** Reads the line from the cursor, which is at its first character that is no blank, up to the newline at `end`. */
  protected abstract parseLine(end: number): boolean;
}

/** ASCII text as bytes, to compare with. */
export function textBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
