import { LineSplitter } from "./line-splitter.ts";
import type { ParserErrors } from "./parser-errors.ts";
import type { TraceParser } from "../trace-parser.ts";
import { ReportCounts, type TraceReport } from "../trace-report.ts";
import type { TraceRecorder } from "../trace-recorder.ts";

/** What the parsers of text have in common: lines, their numbers, and the end of the text. */
export abstract class LineParser implements TraceParser {
  protected readonly recorder: TraceRecorder;
  protected readonly errors: ParserErrors;
  protected readonly counts = new ReportCounts();
  /** Number of the line that is parsed, from 1. */
  protected line = 1;
  readonly #lines: LineSplitter;
  readonly #reference: string;

  /** `reference`: what a text without any has none of, for the refusal. */
  constructor(recorder: TraceRecorder, errors: ParserErrors, reference: string) {
    this.recorder = recorder;
    this.errors = errors;
    this.#reference = reference;
    this.#lines = new LineSplitter(
      (bytes, start, end) => this.parseLines(bytes, start, end),
      () => errors.refuseLongLine(this.line),
    );
  }

  feed(bytes: Uint8Array): void {
    this.#lines.feed(bytes);
  }

  finish(): void {
    this.#lines.finish();
    if (this.recorder.referenceCount === 0) this.errors.refuseEmpty(`there is no ${this.#reference} in it`);
    this.recorder.flush();
  }

  report(): TraceReport {
    return this.counts.report();
  }

  /** Whole lines, as `LineSplitter` gives them. Each parser has a loop of its own: this is the hot one. */
  protected abstract parseLines(bytes: Uint8Array, start: number, end: number): void;
}
