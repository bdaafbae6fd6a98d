import { CsvRecord, type CsvRecordReader, type CsvRecordReaderOptions, MAX_LINE_BYTES } from "@ballast/core/trace";
import { CsvError, type Parser, parse } from "csv-parse";

/** More fields than this are not looked at: no column lies behind. */
const MAX_FIELDS = 1000;
/** One character per byte, both ways: fields come out as the bytes that they were. */
const BYTES = "latin1";

/** What is wrong with a quote, by the code of csv-parse. */
const FOUND: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: "something follows a closing quote that is no delimiter",
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: "something follows a closing quote that is no delimiter",
  INVALID_OPENING_QUOTE: "a quote stands within a field that does not begin with one",
  CSV_QUOTE_NOT_CLOSED: "a quote is not closed before the file ends",
  CSV_MAX_RECORD_SIZE: `the record is longer than ${MAX_LINE_BYTES} bytes; a quote may not be closed`,
};
const LONE_CARRIAGE_RETURN = /\r(?!\n)/;
const ADVICE =
  'A field with quotes in it is written in quotes, with each of them doubled ("a 5"" disk"). ' +
  "If quotes are characters like any other in this file, say --csv quotes=none";

/** Cuts the records of a CSV with csv-parse: quotes, doubled quotes, delimiters and line ends within quotes. */
export function openCsvRecordReader(options: CsvRecordReaderOptions): CsvRecordReader {
  return new CsvParseReader(options);
}

class CsvParseReader implements CsvRecordReader {
  readonly #options: CsvRecordReaderOptions;
  readonly #parser: Parser;
  /** Where the next record begins. */
  #line: number;
  #refusal: Error | undefined;

  constructor(options: CsvRecordReaderOptions) {
    this.#options = options;
    this.#line = options.line;
    this.#parser = parse({
      delimiter: options.delimiter,
      record_delimiter: ["\r\n", "\n"],
      encoding: BYTES,
      relax_column_count: true,
      // Blanks around quotes and fields, unless they are what is between columns.
      trim: !/\s/.test(options.delimiter),
      max_record_size: MAX_LINE_BYTES,
      on_record: (fields: string[]) => this.#receive(fields),
    });
    // Failures reach the caller that waits for the piece or the end.
    this.#parser.on("error", () => undefined);
  }

  async feed(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#parser.write(bytes, (error) => (error ? reject(this.#describe(error)) : resolve()));
    });
    if (this.#refusal !== undefined) throw this.#refusal;
  }

  async finish(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#parser.once("finish", resolve);
      this.#parser.once("error", (error) => reject(this.#describe(error)));
      this.#parser.end();
    });
    if (this.#refusal !== undefined) throw this.#refusal;
  }

  /** Gives nothing on, so that no record waits in the stream. */
  #receive(fields: readonly string[]): null {
    if (this.#refusal !== undefined) return null;
    try {
      if (fields.some((field) => LONE_CARRIAGE_RETURN.test(field))) {
        this.#options.refuse(this.#line, undefined, "a carriage return stands within the record without a line end behind it");
      }
      if (fields.length === 1 && fields[0] === "") this.#options.receiveEmptyLine();
      else this.#options.receive(recordOf(fields, this.#line));
    } catch (error) {
      this.#refusal = error as Error;
    }
    this.#line += 1 + countLineEnds(fields);
    return null;
  }

  #describe(error: Error): Error {
    if (this.#refusal !== undefined) return this.#refusal;
    if (!(error instanceof CsvError)) return error;
    const column = typeof error["column"] === "number" ? error["column"] + 1 : undefined;
    const found = FOUND[error.code] ?? error.message;
    try {
      return this.#options.refuse(this.#line, column, `${found}. ${ADVICE}`);
    } catch (refusal) {
      return refusal as Error;
    }
  }
}

/** Puts fields into bytes with a line end behind each. */
function recordOf(fields: readonly string[], line: number): CsvRecord {
  const count = Math.min(fields.length, MAX_FIELDS);
  const record = new CsvRecord(count);
  const text = `${fields.slice(0, count).join("\n")}\n`;
  record.bytes = Buffer.from(text, BYTES);
  record.line = line;
  record.count = count;
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    record.starts[index + 1] = at;
    at += (fields[index] as string).length;
    record.ends[index + 1] = at;
    at += 1;
  }
  return record;
}

function countLineEnds(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) {
    for (let at = field.indexOf("\n"); at >= 0; at = field.indexOf("\n", at + 1)) count += 1;
  }
  return count;
}
