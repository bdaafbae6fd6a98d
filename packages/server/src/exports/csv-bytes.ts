import papaparse from "papaparse";
import type { ExportTable } from "./table.ts";

/**
 * Beginnings that make spreadsheets take a text for a formula: a scenario's name is anybody's text. They are written behind an apostrophe;
 * numbers are not touched. The last four are the full-width forms, which some spreadsheets take for the others.
 */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

const OPTIONS = {
  newline: "\n",
  escapeFormulae: FORMULA,
  // An empty text is quoted, and no value is nothing between two commas, as COPY of Postgres has it.
  quotes: (value: unknown) => value === "",
};

/** A table as CSV (RFC 4180, lines end in LF) in UTF-8, with the columns' names in the first line. */
export async function* csvBytes({ columns, rows }: ExportTable): AsyncGenerator<Uint8Array, void, void> {
  yield csvLines([columns.map(({ name }) => name)]);
  for await (const block of rows) yield csvLines(block);
}

function csvLines(rows: readonly (readonly unknown[])[]): Uint8Array {
  return Buffer.from(`${papaparse.unparse(rows as unknown[][], OPTIONS)}\n`);
}
