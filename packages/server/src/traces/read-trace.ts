import { assert } from "@ballast/core/assert";
import {
  AmbiguousReadingError,
  chooseReading,
  createTraceParser,
  type ReadingChoice,
  TraceRecorder,
  type TraceReport,
  unitsOf,
} from "@ballast/core/trace";
import { openCsvRecordReader } from "./csv-record-reader.ts";
import type { ImportTrace } from "./import-input.ts";
import { onePiece, openContent } from "./open-content.ts";
import { surveyReadings } from "./survey-readings.ts";
import type { OpenedSource } from "./trace-source.ts";
import type { TraceContent, TraceWriter } from "./trace-writer.ts";

/** How a trace was read, and what of it was no reference. */
export type TraceReadingReport = { readonly reading: ReadingChoice; readonly report: TraceReport };

export type ReadTrace = TraceContent & TraceReadingReport;

type ReadInput = Pick<ImportTrace, "format" | "unit" | "csv" | "onProgress" | "signal" | "maxExpandedBytes">;

/** Reads a source to its end and writes its blocks as they become full, never more than a piece of bytes ahead. */
export async function readTrace(
  source: OpenedSource,
  input: ReadInput,
  writer: Pick<TraceWriter, "addReferences" | "writeBlocks">,
): Promise<ReadTrace> {
  const { file, totalBytes } = source;
  const content = await openContent(source, input);
  try {
    const reading = chooseReading(file, content.start, input);
    const recorder = new TraceRecorder(file, (references) => writer.addReferences(references));
    const parser = createTraceParser({ ...reading, recorder, file, openCsvReader: openCsvRecordReader });
    for await (const piece of content.pieces(reading.format)) {
      await parser.feed(piece);
      await writer.writeBlocks();
      input.onProgress?.({ bytes: content.bytesRead(), totalBytes, referenceCount: recorder.referenceCount });
    }
    assert(totalBytes === undefined || content.bytesRead() === totalBytes, "a file is read to its end");
    await parser.finish();
    const report = parser.report();
    const names = recorder.pageNames();
    return {
      format: reading.format,
      referenceCount: recorder.referenceCount,
      originalPages: recorder.originalPages(),
      ...(names === undefined ? {} : { pageNames: names }),
      // If the unit was not given, no value was found for which it makes a difference.
      reading: { ...reading, unit: reading.unit === "undecided" ? unitsOf(reading.format)[0] : reading.unit },
      report: { ...report, notes: [...content.notes, ...report.notes] },
    };
  } catch (error) {
    if (!(error instanceof AmbiguousReadingError)) throw error;
    throw await compareReadings(error, source, input, content.start);
  }
}

/** What each reading would give: over all of a file, which is read again, or over the first bytes of a stream. */
async function compareReadings(
  error: AmbiguousReadingError,
  source: OpenedSource,
  { signal, maxExpandedBytes }: ReadInput,
  start: Uint8Array,
): Promise<unknown> {
  if (source.reopen === undefined) return surveyReadings(error, onePiece(start), false);
  const again = await source.reopen();
  try {
    const content = await openContent(again, { signal, maxExpandedBytes });
    // Only texts have several readings.
    return await surveyReadings(error, content.pieces("csv"), true);
  } finally {
    again.close();
  }
}
