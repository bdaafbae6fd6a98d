import { AccessKind } from "../../events/index.ts";
import { CARRIAGE_RETURN, SPACE, TAB } from "../text/ascii.ts";
import { ParserErrors } from "../text/parser-errors.ts";
import { TokenLineParser } from "../text/token-line-parser.ts";
import type { TraceRecorder } from "../trace-recorder.ts";
import { type FormatReading } from "../format-reading.ts";

const ADVICE = "A line should be an object's id. Blanks around it are not part of it, and empty lines are skipped.";

/** One object id per line, whatever its text: each different one is a page. */
export class ObjectIdsParser extends TokenLineParser {
  constructor(recorder: TraceRecorder, file: string) {
    super(recorder, new ParserErrors(file, "object-ids", ADVICE), "object id");
  }

  protected parseLine(newline: number): boolean {
    const { bytes, at } = this.cursor;
    let end = newline;
    while (bytes[end - 1] === SPACE || bytes[end - 1] === TAB || bytes[end - 1] === CARRIAGE_RETURN) end -= 1;
    this.recorder.touchObject(bytes, at, end, AccessKind.Load);
    return true;
  }
}

export const objectIds: FormatReading = {
  units: ["object"],
  recognise: () => "no",
  create: ({ recorder, file }) => new ObjectIdsParser(recorder, file),
};
