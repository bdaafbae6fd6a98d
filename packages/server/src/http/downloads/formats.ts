import { csvBytes, type ExportTable, jsonBytes, parquetBytesInThread } from "../../exports/index.ts";

type Format = {
  readonly mediaType: string;
  readonly bytes: (table: ExportTable) => AsyncIterable<Uint8Array>;
};

/** The formats of tables, by the ends of their addresses. */
export const FORMATS = {
  csv: { mediaType: "text/csv; charset=utf-8; header=present", bytes: csvBytes },
  ndjson: { mediaType: "application/x-ndjson; charset=utf-8", bytes: jsonBytes },
  parquet: { mediaType: "application/vnd.apache.parquet", bytes: parquetBytesInThread },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof FORMATS;

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
