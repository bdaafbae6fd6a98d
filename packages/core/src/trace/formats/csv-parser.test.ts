import { describe, expect, test } from "vitest";
import { AccessKind } from "../../events/index.ts";
import { bytesOf, listReferences, type ParsedOptions, recordParsed } from "../../testing/record-trace.ts";
import { type CsvOptions, formatOriginalPage, type TraceReport } from "../index.ts";

const { Load, Modify, Store } = AccessKind;
const file = "requests.csv";

function parse(
  text: string,
  csv: Partial<CsvOptions> = {},
  options: ParsedOptions = {},
): { kinds: number[]; pages: string[]; names: readonly (string | undefined)[] | undefined; report: TraceReport } {
  const { reader, originalPages, pageNames, report } = recordParsed("csv", [bytesOf(text)], { file, csv, ...options });
  const references = listReferences(reader);
  return {
    kinds: references.map(([, kind]) => kind),
    pages: references.map(([page]) => formatOriginalPage(originalPages, page)),
    names: pageNames === undefined ? undefined : references.map(([page]) => pageNames[page]),
    report,
  };
}

describe("CSV", () => {
  test("has the page in its second column unless told otherwise, with or without a line of names", () => {
    const expected = { pages: ["0x5", "0x6", "0x5"], kinds: [Load, Load, Load] };
    expect(parse("time,object,size\n1,5,4096\n2,6,4096\n3,5,4096\n")).toMatchObject(expected);
    expect(parse("1,5,4096\r\n2,6,4096\r\n\r\n3,5,4096")).toMatchObject(expected);
    expect(parse("1,5,4096\n2, 6 ,4096\n3,5\n")).toMatchObject(expected);
  });

  // Oracle: the layout of libCacheSim's cloudPhysicsIO.csv (time-col=2, obj-id-col=5, obj-size-col=4).
  test("columns, their separator and the line of names are as one says", () => {
    const text = "version;time;op;size;lbn\n2;5633898611441;read;512;42932745\n2;5633898745540;write;512;42932746\n";
    const expected = { pages: ["0x28f1a09", "0x28f1a0a"], kinds: [Load, Store] };
    expect(parse(text, { pageColumn: 5, kindColumn: 3, delimiter: ";", header: "present" })).toMatchObject(expected);
    expect(parse(text, { pageColumn: "lbn", kindColumn: "op" })).toMatchObject(expected);
  });

  // Oracle: what each operation does to its object, by libCacheSim's enum.h and the names that S3 gives its requests.
  test("words tell kinds whole, and not by their first letters", () => {
    const text = "1,1,REST.PUT.OBJECT\n2,1,REST.GET.OBJECT\n3,1,incr\n4,1,Replace\n5,1,WS\n6,1, ra \n7,1,GETS\n8,1,p\n";
    expect(parse(text, { kindColumn: 3 }).kinds).toEqual([Store, Load, Modify, Store, Store, Load, Load, Store]);
  });

  // Oracle: 8190 + 4 bytes end at byte 8193, in page 2; a request of size 0 lies in the page of its address.
  test("addresses in bytes become pages, and a size that crosses a page's end touches both", () => {
    const csv = { pageColumn: 1, sizeColumn: 2, header: "absent" } as const;
    const { pages, report } = parse("8190,4\n0x2000,8\n12288,0\n", csv, { unit: "address" });
    expect(pages).toEqual(["0x1", "0x2", "0x2", "0x3"]);
    expect(report.zeroSizeRequests).toBe(1);
  });

  // Oracle: the second column of each line, by eye.
  test.each([
    ["1 5 x\n2 6 y\n", { delimiter: " " }],
    ["1\t5\tx\n2\t6\ty\n", { delimiter: "\t" }],
    ["1\t5\tx\n2\t6\ty\n", { delimiter: "\\t" }],
    ["1\t5\tx\n2\t6\ty\n", { delimiter: "tab" }],
    ["1\t5\tx\n2\t6\ty\n", {}],
    ["1 5 x\n2 6 y\n", {}],
    ["1;5;x\n2;6;y\n", {}],
    ["1|5|x\n2|6|y\n", { delimiter: "|" }],
    ["1,5,x\n2,6,y\n", { delimiter: "comma" }],
  ] as const)("%j with %j has pages 5 and 6: the delimiter is not taken for padding", (text, csv) => {
    expect(parse(text, csv).pages).toEqual(["0x5", "0x6"]);
  });

  test("equal pages in different spaces are different pages, with the names of their spaces", () => {
    const text = "disk,process,page\nsda,1,7\nsdb,1,7\nsda,2,7\nsda,1,7\n";
    expect(parse(text, { pageColumn: 3 }).names).toBeUndefined();
    expect(parse(text, { pageColumn: 3, spaceColumn: [1] }).names).toEqual(["sda/0x7", "sdb/0x7", "sda/0x7", "sda/0x7"]);
    const both = recordParsed("csv", [bytesOf(text)], { csv: { pageColumn: "page", spaceColumn: ["disk", 2] } });
    expect(listReferences(both.reader).map(([page]) => page)).toEqual([0, 1, 2, 0]);
  });

  test("words are objects where one says so, numbered in order of first appearance", () => {
    const { pages, names, report } = parse("key,n\nuser:1/a,1\nb,2\nuser:1/a,3\n", { pageColumn: 1 }, { unit: "object" });
    expect(pages).toEqual(["0x0", "0x1", "0x0"]);
    expect(names).toEqual(["user:1/a", "b", "user:1/a"]);
    expect(report.header).toEqual(["key", "n"]);
  });

  test("hexadecimal numbers without 0x are read where one says so, and decimal ones never as such", () => {
    expect(parse("1,10\n2,0x1f\n3,ff\n", { numbers: "hexadecimal" }).pages).toEqual(["0x10", "0x1f", "0xff"]);
    expect(() => parse("1,10\n2,1f\n")).toThrow(/requests\.csv:2, column 2 .*"1f"/);
  });

  test.each([
    ["time,object\n1,2\n", ["time", "object"]],
    ["# time,object\n1,2\n", ["# time", "object"]],
    ["1,2\n3,4\n", undefined],
    ["1, 2\n3,4\n", undefined],
  ])("the first line of %j is names: %j", (text, names) => {
    expect(parse(text).report.header).toEqual(names);
  });

  test.each([
    ["a number beside a word", "x7,abc,9\n1,2,3\n", {}, {}],
    ["an empty field", "1,,9\n1,2,3\n", {}, {}],
    ["words alone, of objects", "key,op\nuser:1,get\n", { pageColumn: 1 }, { unit: "object" }],
    ["named columns and a number", "time,5\n1,2\n", { pageColumn: "time" }, {}],
  ] as const)("a first line that may be names or data is refused: %s", (_, text, csv, options) => {
    const read = (): unknown => parse(text, csv, options);
    expect(read).toThrow(expect.objectContaining({ reason: "header-unclear", line: 1 }));
    expect(read).toThrow(/header=present or header=absent/);
  });

  test("a column that does not exist is refused with the names that there are", () => {
    expect(() => parse("time,object\n1,2\n", { pageColumn: "page" })).toThrow(/no column is named "page".*"time", "object"/);
  });

  test("a first line of names is not skipped when there is said to be none", () => {
    const parseAll = (): unknown => parse("time,object\n1,2\n", { header: "absent" });
    expect(parseAll).toThrow(/requests\.csv:1, column 2 .*column 2 is not a number/);
  });

  test.each([
    ["a line with too few columns", "1,2\n3\n", {}, 2, "the line has 1 of the 2 columns needed"],
    ["a page that is no number", "1,2\n3,abc\n", {}, 2, "column 2 is not a number of at most 64 bits"],
    ["a page with something behind it", "1,2\n3,4x\n", {}, 2, "column 2 is not a number of at most 64 bits"],
    ["a negative page", "1,2\n3,-4\n", {}, 2, "(whole, without sign, exponent or thousands separators)"],
    ["a page with a plus", "1,+2\n", {}, 1, "(whole, without sign, exponent or thousands separators)"],
    ["a fraction", "1,2.5\n", {}, 1, "(whole, without sign, exponent or thousands separators)"],
    ["an exponent", "1,1e5\n", {}, 1, "(whole, without sign, exponent or thousands separators)"],
    ["2^64", "1,18446744073709551616\n", {}, 1, "not a number of at most 64 bits"],
    ["an empty page", "1,2\n3,\n", {}, 2, "empty"],
    ["a kind that is none", "1,2,read\n3,4,trim\n", { kindColumn: 3 }, 2, 'column 3 is no access kind: "trim"'],
    ["a word that begins as a kind does", "1,2,read\n3,4,miss\n", { kindColumn: 3 }, 2, 'column 3 is no access kind: "miss"'],
    ["a longer word", "1,2,read\n3,4,prefetch\n", { kindColumn: 3 }, 2, 'column 3 is no access kind: "prefetch"'],
    ["half a word", "1,2,read\n3,4,wri\n", { kindColumn: 3 }, 2, 'column 3 is no access kind: "wri"'],
    ["an empty space", "1,2,a\n3,4,\n", { spaceColumn: [3] }, 2, "no name or number of a space: empty"],
    ["an enormous size", "1,2,268435457\n", { sizeColumn: 3 }, 1, "column 3 is not a size from 0"],
    ["an access beyond the last address", "1,2,3\n1,0xfffffffffffffff0,17\n", { sizeColumn: 3 }, 2, "beyond the last address"],
    ["a size of words", "1,2,big\n", { sizeColumn: 3 }, 1, "column 3 is not a size from 0"],
  ] as const)("%s is refused with file, line and what was expected", (_, text, csv, line, found) => {
    const unit = "sizeColumn" in csv ? "address" : "page";
    const read = (): unknown => parse(text, csv, { unit });
    expect(read).toThrow(expect.objectContaining({ reason: "line-invalid", line, format: "csv" }));
    expect(read).toThrow(found);
    expect(read).toThrow(/Expected here: column \d/);
  });

  // Oracle: what each text means to who wrote it; column 2 of it is something else.
  test.each([
    ["page,time\n5,100\n6,200\n", 'column 2 is named "time", and column 1 "page"'],
    ["addr,size\n4096,8\n8192,8\n", 'column 2 is named "size", and column 1 "addr"'],
    ["vm,Time Stamp,VPN\n1,100,5\n", 'column 2 is named "Time Stamp", and column 3 "VPN"'],
    ["a,size\n1,100\n", 'column 2 is named "size"'],
    ["7, 0, 1, 2, 0, 3\n", "its only line may be a list of 6 pages: put each on a line of its own (tr ',' '\\n')"],
    ["7,0,1\n2,0,3\n", "column 1 is no time: it goes back from 7 to 2"],
    ["0x1000,8\n0x2000,8\n", "column 1 has 0x1000, as addresses are written"],
    ["R,5\nW,6\n", 'column 1 has "R", which may be the kind of access'],
    ["1,5,write\n2,6,read\n", 'column 3 has "write", which may be the kind of access'],
  ])("column 2 is not taken for the page's where lines speak against it: %j", (text, found) => {
    for (const unit of ["undecided", "page"] as const) {
      const read = (): unknown => parse(text, {}, { unit });
      expect(read).toThrow(expect.objectContaining({ reason: "reading-ambiguous", line: 1 }));
      expect(read).toThrow(found);
    }
    expect(parse(text, { pageColumn: 2 }, { unit: "page" }).pages.length).toBeGreaterThan(0);
  });

  // Oracle: libCacheSim's time, object, size; times that stay the same; an unknown name.
  test.each([
    ["time,id,size\n1,5,8\n", 1],
    ["a,b\n1,5\n2,6\n", 2],
    ["x,page,op\n1,5,R\n", 1],
    ["1,5\n1,6\n", 2],
    ["2026-01-01 10:00:00,5\n2026-01-01 10:00:01,6\n", 2],
  ])("column 2 is the page's where nothing speaks against it: %j", (text, count) => {
    expect(parse(text).pages).toHaveLength(count);
  });

  test("a first line that is names or hexadecimal numbers is asked about", () => {
    const read = (header: "auto" | "present" | "absent"): unknown => parse("time,add\n1,10\n", { numbers: "hexadecimal", header }).pages;
    expect(() => read("auto")).toThrow(expect.objectContaining({ reason: "header-unclear" }));
    expect([read("present"), read("absent")]).toEqual([["0x10"], ["0xadd", "0x10"]]);
  });

  test("nothing but names is refused as empty", () => {
    expect(() => parse("time,object\n")).toThrow(expect.objectContaining({ reason: "trace-empty" }));
  });

  test("options that make no sense are all refused in one error", () => {
    const csv = { pageColumn: 0, kindColumn: 1.5, sizeColumn: 3, delimiter: "ab" };
    expect(() => parse("1,2\n", csv)).toThrow(
      expect.objectContaining({
        code: "INPUT_INVALID",
        problems: ["/pageColumn", "/kindColumn", "/delimiter", "/sizeColumn"].map((path) => expect.objectContaining({ path })),
      }),
    );
  });

  // Oracle: 2^24 pages of 4,096 bytes are 64 GiB; 0x is how addresses are written.
  test.each([["1,2\n2,16777216\n"], ["1,2\n2,0x10\n"]])("a value of %j that may be an address is refused", (text) => {
    const read = (): unknown => parse(text, {}, { unit: "undecided" });
    expect(read).toThrow(expect.objectContaining({ reason: "reading-ambiguous", line: 2, column: 2 }));
    expect(read).toThrow(/--unit page, or --unit address/);
    expect(parse("1,2\n2,16777215\n", {}, { unit: "undecided" }).pages).toEqual(["0x2", "0xffffff"]);
  });

  test("numbers that are all multiples of 512 may be offsets in bytes, and are refused at the end", () => {
    const text = "1,0\n2,512\n3,4096\n";
    expect(() => parse(text, {}, { unit: "undecided" })).toThrow(/every number is a multiple of 512/);
    expect(parse(`${text}4,7\n`, {}, { unit: "undecided" }).pages).toHaveLength(4);
    expect(parse(text, {}, { unit: "address" }).pages).toEqual(["0x0", "0x0", "0x1"]);
  });

  test("both a comma and a semicolon in the first line are asked about", () => {
    expect(() => parse("1;2,5;3\n")).toThrow(/both "," and ";" .*delimiter=semicolon/);
  });
});
