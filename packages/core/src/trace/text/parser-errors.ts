import { CARRIAGE_RETURN, NEWLINE } from "./ascii.ts";
import { MAX_LINE_BYTES } from "./line-splitter.ts";
import { quoteBytes } from "./quote-bytes.ts";
import type { TraceFormat } from "../trace-format.ts";
import { TraceError } from "../trace-error.ts";

/** The refusals that the parsers of text have in common. Lines are counted from 1. */
export class ParserErrors {
  readonly #file: string;
  readonly #format: TraceFormat;
  /** What a line should be, as a sentence. */
  readonly #advice: string;

  constructor(file: string, format: TraceFormat, advice: string) {
    this.#file = file;
    this.#format = format;
    this.#advice = advice;
  }

  /** Refuses the line that begins at `start`; one that is too long as such, whatever else is wrong with it. */
  refuseLine(bytes: Uint8Array, start: number, line: number, what = "this is not a reference"): never {
    const end = bytes.indexOf(NEWLINE, start);
    if (end - start > MAX_LINE_BYTES) this.refuseLongLine(line);
    const textEnd = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    const found = `${what}: ${quoteBytes(bytes.subarray(start, textEnd))}`;
    throw new TraceError("line-invalid", { file: this.#file, format: this.#format, line }, found, this.#advice);
  }

  /** Refuses a line with a carriage return before its end: behind it stand lines that would be lost. */
  refuseCarriageReturn(bytes: Uint8Array, start: number, line: number): never {
    const what = "a carriage return stands within the line, as in files whose lines end with it alone (convert them)";
    this.refuseLine(bytes, start, line, what);
  }

  refuseLongLine(line: number): never {
    const place = { file: this.#file, format: this.#format, line };
    throw new TraceError("line-too-long", place, `the line is longer than ${MAX_LINE_BYTES} bytes`, this.#advice);
  }

  refuseEmpty(found: string): never {
    throw new TraceError("trace-empty", { file: this.#file, format: this.#format }, found, this.#advice);
  }
}
