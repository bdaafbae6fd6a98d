import { createTraceParser, type CsvOptions, formatOriginalPage, TraceError, TraceRecorder } from "@ballast/core/trace";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCsvRecordReader } from "./csv-record-reader.ts";
import { caseCount } from "@ballast/core/testing/case-count";

type Options = { readonly csv?: Partial<CsvOptions>; readonly unit?: "page" | "address" | "object"; readonly pieces?: number };

/** The original page, or name, of each reference; or what was said against the file. */
async function read(text: string, { csv = {}, unit = "page", pieces = 1 }: Options = {}): Promise<string[] | TraceError> {
  const pages: number[] = [];
  const recorder = new TraceRecorder("q.csv", (references) => {
    for (const reference of references) pages.push(reference >>> 2);
  });
  try {
    const parser = createTraceParser({ format: "csv", recorder, file: "q.csv", unit, csv, openCsvReader: openCsvRecordReader });
    const bytes = Buffer.from(text);
    const length = Math.max(1, Math.ceil(bytes.length / pieces));
    for (let at = 0; at < bytes.length; at += length) await parser.feed(bytes.subarray(at, at + length));
    await parser.finish();
  } catch (error) {
    if (error instanceof TraceError) return error;
    throw error;
  }
  const names = [...(recorder.pageNames() ?? [])].map((name) => Buffer.from(name).toString());
  const originals = recorder.originalPages();
  return pages.map((page) => names[page] ?? formatOriginalPage(originals, page));
}

describe("a CSV with quotes", () => {
  // Oracle: RFC 4180, read by eye.
  test.each([
    ["a delimiter within quotes", '1,"a,7",100\n2,"b",200\n', { pageColumn: 3 }, ["0x64", "0xc8"]],
    ["quoted numbers", '1,"5",4096\n2, "6" ,4096\n3,5\n', {}, ["0x5", "0x6", "0x5"]],
    ["a quoted first line", '"1","5"\n"2","6"\n', {}, ["0x5", "0x6"]],
    ["quoted names", '"time","object"\n1,5\n', {}, ["0x5"]],
    ["names, then quotes far below", 'a,b\n1,5\n2,6\n"3",7\n4,8\n', {}, ["0x5", "0x6", "0x7", "0x8"]],
    ["a line end within quotes", '"x\ny",5\n1,6\n', {}, ["0x5", "0x6"]],
    ["a Windows line end within quotes", '"x\r\ny",5\r\n1,6\r\n', {}, ["0x5", "0x6"]],
    ["doubled quotes", '"say ""5""",5\n1,6', {}, ["0x5", "0x6"]],
    ["tabs", '"a\tb"\t5\n1\t6\n', {}, ["0x5", "0x6"]],
    ["blanks", '"a b" 5\n1 6\n', {}, ["0x5", "0x6"]],
    ["empty lines", '\n"1",5\n\n2,6\n\n', {}, ["0x5", "0x6"]],
    ["quotes that are nothing but characters", '5" disk,7\n1,8\n', { quotes: "none" }, ["0x7", "0x8"]],
  ] as const)("is read as it is written: %s", async (_, text, csv, expected) => {
    for (const pieces of [1, 3, text.length]) expect(await read(text, { csv, pieces })).toEqual(expected);
  });

  test("has words and names with anything in them", async () => {
    const text = 'disk,key\n"sd,a","a\nb"\n"sd,a",c\nsdb,"a\nb"\n';
    const csv = { spaceColumn: [1], header: "present" } as const;
    expect(await read(text, { csv, unit: "object" })).toEqual(["sd,a/a\nb", "sd,a/c", "sdb/a\nb"]);
  });

  test.each([
    ["a thousands separator", '1,"1,000"\n', 1, /column 2 .*"1,000"/],
    ["a quote within a field", '1,2\n1,5" disk\n', 2, /quote stands within a field .*quotes=none/],
    ["something behind a quote", '1,"2"3\n', 1, /something follows a closing quote/],
    ["a quote that is not closed", '1,2\n"3,4\n5,6\n', 2, /a quote is not closed/],
    ["a bad field behind a line end within quotes", '"x\ny",5\n"1",z\n', 3, /column 2/],
    ["an old Macintosh line end", '"1",2\r3,4\r', 1, /carriage return/],
    ["a record that is too long", `"1",2\n"${"x".repeat(70_000)}",3\n`, 2, /longer than 65536 bytes/],
  ] as const)("is refused with its line for %s", async (_, text, line, message) => {
    const refusal = await read(text);
    expect(refusal).toBeInstanceOf(TraceError);
    expect(refusal).toMatchObject({ line, format: "csv" });
    expect((refusal as TraceError).message).toMatch(message);
  });
});

const word = fc.string({ unit: fc.constantFrom("a", "b", "1", " ", ",", ";", '"', "\t", "'", "é", "-"), maxLength: 6 });
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const bare = (text: string): string => text.replaceAll(/[",;\t\n]/g, "").trim();
const number = fc.oneof(fc.nat(99), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })).map(String);
const field = (values: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(values, fc.boolean()).map(([text, inQuotes]) => (inQuotes ? quoted(text) : bare(text)));
const row = fc.tuple(field(word), field(number), field(word)).map((fields) => fields.join(","));
const file = fc
  .tuple(fc.array(row, { minLength: 1, maxLength: 12 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([rows, end, ended]) => rows.join(end) + (ended ? end : ""));

// Oracle: csv-parse on the whole text in one call, in its synchronous form; numbers by BigInt.
describe("any CSV", () => {
  // The column is said: a single line of three numbers is refused without it, for it may be a list of pages.
  const csv = { header: "absent", delimiter: ",", pageColumn: 2 } as const;
  const expected = (text: string): string[] => {
    const options = { relax_column_count: true, trim: true, skip_empty_lines: true, record_delimiter: ["\r\n", "\n"] };
    const records: string[][] = parse(text, options);
    const filled = records.filter((fields) => fields.length > 1 || fields[0] !== "");
    return filled.map((fields) => `0x${BigInt(fields[1] as string).toString(16)}`);
  };

  test("with quotes or without has every reference that csv-parse finds, wherever it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 1, max: 60 }), async (text, pieces) => {
        expect(await read(text, { csv, pieces })).toEqual(expected(text));
      }),
      { numRuns: caseCount(38, 750) },
    );
  });

  test("without quotes is read alike by the fast path and by the reader of quotes", async () => {
    const plain = fc.tuple(word.map(bare), number, word.map(bare)).map((fields) => fields.join(","));
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { minLength: 1, maxLength: 12 }), async (rows) => {
        const text = rows.join("\n");
        const first = '"first",1\n';
        const slow = await read(first + text, { csv });
        expect(slow).toEqual(["0x1", ...((await read(text, { csv })) as string[])]);
      }),
      { numRuns: caseCount(38, 750) },
    );
  });

  test("that is damaged is refused, or has every reference that csv-parse finds", async () => {
    const change = fc.tuple(fc.nat(), fc.constantFrom('"', ",", "\n", "", "7", "x", " "));
    await fc.assert(
      fc.asyncProperty(file, change, async (text, [place, put]) => {
        const at = place % text.length;
        const damaged = text.slice(0, at) + put + text.slice(at + 1);
        const outcome = await read(damaged, { csv });
        if (outcome instanceof TraceError) return;
        expect(outcome).toEqual(expected(damaged));
      }),
      { numRuns: caseCount(50, 1000) },
    );
  });
});
