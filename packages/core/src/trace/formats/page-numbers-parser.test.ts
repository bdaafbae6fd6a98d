import { describe, expect, test } from "vitest";
import { AccessKind } from "../../events/index.ts";
import { bytesOf, listReferences, recordParsed } from "../../testing/record-trace.ts";
import { formatOriginalPage } from "../index.ts";

const { Instruction, Load, Store, Modify } = AccessKind;

function parse(text: string): { kinds: number[]; pages: string[] } {
  const { reader, originalPages } = recordParsed("page-numbers", [bytesOf(text)], { file: "list.pages" });
  const references = listReferences(reader);
  return {
    kinds: references.map(([, kind]) => kind),
    pages: references.map(([page]) => formatOriginalPage(originalPages, page)),
  };
}

describe("plain page numbers", () => {
  test("are decimal or hexadecimal, and loads unless a letter says otherwise", () => {
    expect(parse("10\n0x10\n I 1\nL 2\nr 3\nS\t4\nw0x5\nm 6\n")).toEqual({
      pages: ["0xa", "0x10", "0x1", "0x2", "0x3", "0x4", "0x5", "0x6"],
      kinds: [Load, Load, Instruction, Load, Load, Store, Store, Modify],
    });
  });

  test("may have comments, empty lines, blanks around them and Windows line ends between them", () => {
    expect(parse("# a comment\r\n\r\n  \n  7  \r\n8").pages).toEqual(["0x7", "0x8"]);
  });

  // Oracle: the same numbers with the kind, the blank and the prefix written otherwise.
  test("are the same in the form that programs write and in any other", () => {
    const numbers = ["0", "1ffefff", "ffffffff", "100000000", "ffffffffffffffff"];
    const plain = parse(numbers.map((number) => `S 0x${number}`).join("\n"));
    expect(plain).toEqual(parse(numbers.map((number) => ` w\t0X${number.toUpperCase()} `).join("\r\n")));
    expect(plain.pages).toEqual(numbers.map((number) => `0x${number}`));
  });

  // Oracle: 2^64 - 1 = 18446744073709551615; 2^53 + 1 is the first integer that a number cannot hold.
  test("are exact to 64 bits", () => {
    const text = "18446744073709551615\n9007199254740993\n4294967296\n0xffffffffffffffff\n";
    expect(parse(text).pages).toEqual(["0xffffffffffffffff", "0x20000000000001", "0x100000000", "0xffffffffffffffff"]);
  });

  test.each([
    ["18446744073709551616", "2^64"],
    ["99999999999999999999", "20 digits beyond 2^64"],
    ["000000000000000000001", "21 digits"],
    ["0x00000000000000001", "17 hexadecimal digits"],
    ["S 0x00000000000000001", "17 hexadecimal digits behind a kind"],
    ["0x", "a prefix without digits"],
    ["S 0x", "a prefix without digits behind a kind"],
    ["S 0x1g", "a letter that is no digit"],
    ["-1", "a negative number"],
    ["1.5", "a fraction"],
    ["12 13", "two numbers"],
    ["X 12", "an unknown kind"],
    ["page", "a word"],
  ])("%s (%s) is refused with file and line", (line) => {
    expect(() => parse(`1\n${line}\n`)).toThrow(
      expect.objectContaining({ reason: "line-invalid", file: "list.pages", line: 2, format: "page-numbers" }),
    );
  });

  test("a list of comments only is refused as empty", () => {
    expect(() => parse("# nothing\n")).toThrow(expect.objectContaining({ reason: "trace-empty" }));
  });
});
