import {
  AmbiguousReadingError,
  createTraceParser,
  type ReadingChoice,
  TraceError,
  type TraceParser,
  TraceRecorder,
} from "@ballast/core/trace";
import { openCsvRecordReader } from "./csv-record-reader.ts";

/** Reading more would keep a refusal waiting. */
const MAX_SURVEYED_BYTES = 2 ** 28;

/**
 * Reads bytes in every way that is possible, and gives the refusal with what comes of each: references and pages.
 * `whole`: whether the bytes are all there are, and not the first ones of a stream.
 */
export async function surveyReadings(error: AmbiguousReadingError, pieces: AsyncIterable<Uint8Array>, whole: boolean): Promise<TraceError> {
  const trials = error.choices.map((choice) => new Trial(choice, error.file));
  let bytes = 0;
  let ended = true;
  for await (const piece of pieces) {
    for (const trial of trials) await trial.feed(piece);
    bytes += piece.length;
    ended = bytes < MAX_SURVEYED_BYTES;
    if (!ended) break;
  }
  for (const trial of trials) await trial.finish(whole && ended);
  const scope = whole && ended ? "in all of it" : `in its first ${bytes} bytes`;
  const outcomes = { scope, of: trials.map((trial) => trial.outcome()) };
  return new AmbiguousReadingError(placeOf(error), error.found, error.choices, outcomes);
}

function placeOf({ file, format, line, column }: TraceError): ConstructorParameters<typeof AmbiguousReadingError>[0] {
  return {
    file,
    ...(format === undefined ? {} : { format }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** One reading that is tried: nothing is kept but counts. */
class Trial {
  readonly choice: ReadingChoice;
  readonly #recorder: TraceRecorder;
  readonly #parser: TraceParser;
  #failure: string | undefined;

  constructor(choice: ReadingChoice, file: string) {
    this.choice = choice;
    this.#recorder = new TraceRecorder(file, () => undefined);
    this.#parser = createTraceParser({ ...choice, recorder: this.#recorder, file, openCsvReader: openCsvRecordReader });
  }

  async feed(bytes: Uint8Array): Promise<void> {
    await this.#attempt(() => this.#parser.feed(bytes));
  }

  /** `whole`: whether a line that is cut off now is the file's own. */
  async finish(whole: boolean): Promise<void> {
    if (whole) await this.#attempt(() => this.#parser.finish());
  }

  outcome(): string {
    const { referenceCount, pageCount } = this.#recorder;
    return this.#failure ?? `${counted(referenceCount, "reference")} to ${counted(pageCount, "page")}`;
  }

  async #attempt(work: () => void | Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      const line = error.line === undefined ? "" : `line ${error.line}: `;
      this.#failure = `it cannot be read so (${line}${error.found})`;
    }
  }
}
