import { describe, expect, test } from "vitest";
import { AccessKind } from "../../events/index.ts";
import { bytesOf, listReferences, recordParsed } from "../../testing/record-trace.ts";
import { formatOriginalPage, TraceError } from "../index.ts";

const { Instruction, Load, Store, Modify } = AccessKind;

function parse(text: string): { references: readonly unknown[]; pages: string[] } {
  const { reader, originalPages } = recordParsed("lackey", [bytesOf(text)], { file: "program.lackey" });
  const pages = Array.from({ length: reader.pageCount }, (_, page) => formatOriginalPage(originalPages, page));
  return { references: listReferences(reader), pages };
}

function refusal(text: string): TraceError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof TraceError) return error;
    throw error;
  }
  throw new Error("the text was not refused");
}

describe("lackey text", () => {
  // Oracle: lines as valgrind 3.19 writes them; the page is the address without its last three hexadecimal digits.
  test("gives one reference per access, with its kind, and pages numbered in order of first touch", () => {
    const text = [
      "==4711== Lackey, an example Valgrind tool",
      "==4711== Command: /bin/true",
      "==4711== ",
      "I  04016f40,3",
      "I  04016f43,5",
      " S 1ffefffe68,8",
      " L 04035e20,8",
      " M 1ffefff000,4",
      "==4711== ",
      "==4711== Exit code:       0",
    ].join("\n");
    expect(parse(text)).toEqual({
      references: [
        [0, Instruction],
        [0, Instruction],
        [1, Store],
        [2, Load],
        [1, Modify],
      ],
      pages: ["0x4016", "0x1ffefff", "0x4035"],
    });
  });

  // Oracle: 0x1ffefff + 1 = 0x1fff000; 8 bytes at ...ffc reach 4 bytes into the next page.
  test("an access that crosses the end of a page touches both pages with the same kind", () => {
    expect(parse(" L 1ffeffffc,8\n S 1ffeffff8,8\n")).toEqual({
      references: [
        [0, Load],
        [1, Load],
        [0, Store],
      ],
      pages: ["0x1ffeff", "0x1fff00"],
    });
  });

  // Oracle: bytes 0xfff to 0x2fff (1 + 4096 + 4096 of them) lie in pages 0, 1 and 2.
  test("an access of more than two pages touches every one of them", () => {
    expect(parse(" S 00000fff,8193\n").pages).toEqual(["0x0", "0x1", "0x2"]);
  });

  // Oracle: 2^64 - 4096 is page 2^52 - 1; its neighbour differs in the lower half only.
  test("addresses of all 64 bits are told apart", () => {
    const text = " L fffffffffffff000,1\n L 7ffffffffffff000,1\n L ffffffff00000000,1\n L ffffffffffffe000,1\n";
    expect(parse(text).pages).toEqual(["0xfffffffffffff", "0x7ffffffffffff", "0xffffffff00000", "0xffffffffffffe"]);
  });

  test("a crossing carries from the lower half of the page number into the upper", () => {
    expect(parse(" L 00000ffffffffffe,4\n").pages).toEqual(["0xffffffff", "0x100000000"]);
  });

  // Oracle: ffffffffffffffff is the last address of 64 bits: a second byte has none.
  test("an access beyond the last address is refused, and not carried on at page 0", () => {
    expect(parse(" L fffffffffffffff8,8\n").pages).toEqual(["0xfffffffffffff"]);
    const error = refusal(" L 00001000,4\n L ffffffffffffffff,2\n");
    expect(error).toMatchObject({ reason: "line-invalid", line: 2 });
  });

  test("upper-case addresses, Windows line ends, blank lines and superblock marks are understood", () => {
    const text = "I  0023C790,2\r\n\r\nSB 0023C790\n--4711-- REDIR: 0x4017890\n**4711** message\n S BE80199C,4\r\n";
    expect(parse(text).pages).toEqual(["0x23c", "0xbe801"]);
  });

  test("a last line without a newline counts", () => {
    expect(parse("I  00001000,4\n L 00002000,4").references).toHaveLength(2);
  });

  test.each([
    ["letters that are no kind", " X 04016f40,3"],
    ["an instruction in a data access's column", " I 04016f40,3"],
    ["a digit that is not hexadecimal", " L 04016g40,3"],
    ["an address of more than 64 bits", " L 00000000004016f40,3"],
    ["no address", " L ,3"],
    ["no size", " L 04016f40"],
    ["an empty size", " L 04016f40,"],
    ["a size of nothing", " L 04016f40,0"],
    ["a size beyond 65,536 bytes", " L 04016f40,65537"],
    ["something behind the size", " L 04016f40,3 "],
    ["the program's own output", "hello, world"],
  ])("%s is refused with file, line and what stands there", (_, line) => {
    const error = refusal(`==1== Lackey\nI  00001000,4\n${line}\nI  00001000,4\n`);
    expect(error).toMatchObject({ code: "TRACE_INVALID", reason: "line-invalid", format: "lackey", line: 3 });
    expect(error.message).toContain(`program.lackey:3 `);
    expect(error.message).toContain(`"${line}"`);
    expect(error.message).toContain("--log-file=FILE");
  });

  test("bytes that cannot be shown are written as numbers", () => {
    expect(refusal("\u0007\u00e9\n").found).toContain(String.raw`"\x07\xe9"`);
  });

  test("a recording without an access is refused as empty", () => {
    expect(refusal("==1== Lackey\n")).toMatchObject({ reason: "trace-empty", format: "lackey" });
    expect(refusal("")).toMatchObject({ reason: "trace-empty" });
  });
});
