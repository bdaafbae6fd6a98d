import { allMatch, type FormatReading } from "../format-reading.ts";
import { DINERO_LINE } from "../text/line-patterns.ts";
import { CsvParser } from "./csv-parser.ts";

const CSV_LINE = /^[^,;\t]*[,;\t].*\d/;

export const csv: FormatReading = {
  units: ["page", "address", "object"],
  recognise: ({ data }) => {
    // The first line may hold names. Columns between blanks are looked at only where another format reads them, too.
    const rows = data.length > 1 ? data.slice(1) : data;
    return allMatch(rows, CSV_LINE) || allMatch(data, DINERO_LINE) ? "possible" : "no";
  },
  create: ({ recorder, file, unit, csv: options, openCsvReader }) =>
    new CsvParser({ recorder, file, unit, csv: options ?? {}, openReader: openCsvReader }),
};
