import { describe, expect, test } from "vitest";
import { AccessKind } from "../events/index.ts";
import { bytesOf, listReferences, recordParsed } from "../testing/record-trace.ts";
import { type CsvOptions, formatOriginalPage } from "./index.ts";

const { Load, Store } = AccessKind;

function parse(text: string, csv?: Partial<CsvOptions>): { kinds: number[]; pages: string[] } {
  const options = csv === undefined ? { file: "requests.csv" } : { file: "requests.csv", csv };
  const { reader, originalPages } = recordParsed("csv", [bytesOf(text)], options);
  const references = listReferences(reader);
  return {
    kinds: references.map(([, kind]) => kind),
    pages: references.map(([page]) => formatOriginalPage(originalPages, page)),
  };
}

describe("CSV", () => {
  test("has the page in its second column unless told otherwise, with or without a line of names", () => {
    const expected = { pages: ["0x5", "0x6", "0x5"], kinds: [Load, Load, Load] };
    expect(parse("time,object,size\n1,5,4096\n2,6,4096\n3,5,4096\n")).toEqual(expected);
    expect(parse("1,5,4096\r\n2,6,4096\r\n\r\n3,5,4096")).toEqual(expected);
    expect(parse('1,"5",4096\n2, 6 ,4096\n3,5\n')).toEqual(expected);
  });

  // Oracle: the layout of libCacheSim's cloudPhysicsIO.csv (time-col=2, obj-id-col=5, obj-size-col=4).
  test("columns, their separator and the line of names are as one says", () => {
    const text = "version;time;op;size;lbn\n2;5633898611441;read;512;42932745\n2;5633898745540;write;512;42932746\n";
    const csv = { pageColumn: 5, kindColumn: 3, delimiter: ";", header: "present" } as const;
    expect(parse(text, csv)).toEqual({ pages: ["0x28f1a09", "0x28f1a0a"], kinds: [Load, Store] });
  });

  // Oracle: 8190 + 4 bytes end at byte 8193, in page 2.
  test("addresses in bytes become pages, and a size that crosses a page's end touches both", () => {
    const csv = { pageColumn: 1, pageIs: "address", sizeColumn: 2, header: "absent" } as const;
    expect(parse("8190,4\n0x2000,8\n", csv).pages).toEqual(["0x1", "0x2", "0x2"]);
  });

  test("a first line of names is not skipped when there is said to be none", () => {
    const parseAll = (): unknown => parse("time,object\n1,2\n", { header: "absent" });
    expect(parseAll).toThrow(/requests\.csv:1 .*column 2 is not a number/);
  });

  test.each([
    ["a line with too few columns", "1,2\n3\n", {}, 2, "the line has 1 of the 2 columns needed"],
    ["a page that is no number", "1,2\n3,abc\n", {}, 2, "column 2 is not a number of at most 64 bits"],
    ["a page with something behind it", "1,2\n3,4x\n", {}, 2, "column 2 is not a number of at most 64 bits"],
    ["a kind that is none", "1,2,read\n3,4,delete\n", { kindColumn: 3 }, 2, "no access kind in column 3"],
    ["a size of nothing", "1,2,0\n", { pageIs: "address", sizeColumn: 3 }, 1, "column 3 is not a size from 1"],
    ["an enormous size", "1,2,268435457\n", { pageIs: "address", sizeColumn: 3 }, 1, "column 3 is not a size from 1"],
  ] as const)("%s is refused with file, line and what was expected", (_, text, csv, line, found) => {
    expect(() => parse(text, csv)).toThrow(expect.objectContaining({ reason: "line-invalid", line, format: "csv" }));
    expect(() => parse(text, csv)).toThrow(found);
    expect(() => parse(text, csv)).toThrow(/Expected here: column \d/);
  });

  test("nothing but names is refused as empty", () => {
    expect(() => parse("time,object\n")).toThrow(expect.objectContaining({ reason: "trace-empty" }));
  });

  test("options that make no sense are refused all at once", () => {
    const csv = { pageColumn: 0, kindColumn: 1.5, sizeColumn: 3, delimiter: "ab" };
    expect(() => parse("1,2\n", csv)).toThrow(
      expect.objectContaining({
        code: "INPUT_INVALID",
        problems: ["/pageColumn", "/kindColumn", "/delimiter", "/sizeColumn"].map((path) =>
          expect.objectContaining({ path }),
        ),
      }),
    );
  });
});
