import type { CsvRecord } from "./csv-record.ts";

/** Cuts the records of a CSV in which quotes occur. It comes from outside: core has no parser of quotes of its own. */
export interface CsvRecordReader {
  feed(bytes: Uint8Array): void | Promise<void>;
  finish(): void | Promise<void>;
}

export interface CsvRecordReaderOptions {
  /** One byte of ASCII. */
  readonly delimiter: string;
  /** Number of the line that the first byte belongs to, from 1. */
  readonly line: number;
  /** Takes a record of at least one field. */
  readonly receive: (record: CsvRecord) => void;
  readonly receiveEmptyLine: () => void;
  /** Refuses the CSV: a quote stands where none may be, or is not closed. */
  readonly refuse: (line: number, column: number | undefined, found: string) => never;
}

export type OpenCsvRecordReader = (options: CsvRecordReaderOptions) => CsvRecordReader;
