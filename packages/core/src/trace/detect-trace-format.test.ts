import { describe, expect, test } from "vitest";
import { bytesOf } from "../testing/record-trace.ts";
import { detectTraceFormat } from "./index.ts";

describe("the format of a trace", () => {
  test.each([
    ["sort.lackey.zst", "lackey"],
    ["SORT.LACKEY", "lackey"],
    ["w92.oracleGeneral.bin.zst", "oracle-general"],
    ["w92.oracleGeneral", "oracle-general"],
    ["requests.csv.gz", "csv"],
    ["list.pages", "page-numbers"],
  ])("is told by the end of the name %s: %s", (name, format) => {
    expect(detectTraceFormat(name, bytesOf("anything"))).toBe(format);
  });

  test.each([
    ["==12== Lackey, an example Valgrind tool\n==12== Copyright", "lackey"],
    ["I  04016f40,3\n L 1ffefffe68,8\n", "lackey"],
    ["some words of the program\n S 1ffefffe68,8\n", "lackey"],
    ["1\n2\n3", "page-numbers"],
    ["# comment\n\n0x1f\nS 0x20\r\n12", "page-numbers"],
    ["17", "page-numbers"],
    ["time,id,size\n1,2,3\n4,5,6\n", "csv"],
    ["1;2;3\n4;5;6\n", "csv"],
    ["1\t2\n", "csv"],
  ])("is told by the first bytes %j: %s", (text, format) => {
    expect(detectTraceFormat("trace.txt", bytesOf(text))).toBe(format);
  });

  test.each([["Dear reader,\nthis is prose.\n"], ["\n\n"], ["\0\0\0"], ["{}"]])("is not guessed for %j", (text) => {
    expect(() => detectTraceFormat("notes.txt", bytesOf(text))).toThrow(
      /notes\.txt: neither .* Name the format: lackey, oracle-general, csv, page-numbers\./,
    );
  });

  test("of a file without a byte is not asked: it is empty", () => {
    const empty = bytesOf("");
    expect(() => detectTraceFormat("a.lackey", empty)).toThrow(expect.objectContaining({ reason: "trace-empty" }));
  });
});
