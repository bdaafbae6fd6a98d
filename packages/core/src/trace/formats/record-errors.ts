import { TraceError } from "../trace-error.ts";
import type { TraceFormat } from "../trace-format.ts";

/** A file of records of a fixed length, behind a header or none. */
export interface RecordSource {
  readonly file: string;
  readonly format: TraceFormat;
  readonly headerBytes: number;
  readonly recordBytes: number;
}

const ADVICE = "Fetch the file again, or name its real format.";

/** Refuses a record, given by its index from 0, and shows its number from 1 and where it begins. */
export function refuseRecord(source: RecordSource, index: number, wrong: string): never {
  const byteOffset = source.headerBytes + index * source.recordBytes;
  const found = `record ${index + 1} cannot be one of this format: ${wrong}`;
  throw new TraceError("record-invalid", { file: source.file, format: source.format, byteOffset }, found, ADVICE);
}

/** Refuses bytes behind the last whole record. */
export function refuseRest(source: RecordSource, records: number, restBytes: number): void {
  if (restBytes === 0) return;
  const byteOffset = source.headerBytes + records * source.recordBytes;
  const behind = source.headerBytes === 0 ? "" : ` behind a header of ${source.headerBytes}`;
  const found =
    `the last record has ${restBytes} of ${source.recordBytes} bytes ` +
    `(${byteOffset + restBytes} bytes in all are no multiple of ${source.recordBytes}${behind})`;
  throw new TraceError("length-invalid", { file: source.file, format: source.format, byteOffset }, found, ADVICE);
}

export function requireReferences(source: RecordSource, records: number): void {
  if (records > 0) return;
  const advice = `A trace has at least one record of ${source.recordBytes} bytes.`;
  throw new TraceError("trace-empty", { file: source.file, format: source.format }, "there is no record in it", advice);
}
