import { describe, expect, test } from "vitest";
import type { TraceError } from "@ballast/core/trace";
import { failureOf, readBytes } from "../read-bytes.fixture.ts";

const LINES = ["L 1", "S 2", "L 3"];
const text = (lineEnd: string): string => LINES.map((line) => line + lineEnd).join("");
const utf16 = (value: string): Buffer => Buffer.from(`\ufeff${value}`, "utf16le");
const bigEndian = (value: string): Buffer => utf16(value).swap16();
const PIECE_BYTES = [1, 2, 3, 5, 1000];

describe("a text is read whatever its encoding and its line ends", () => {
  // Oracle: the lines that were written.
  test.each([
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${text("\n")}`)],
    ["UTF-16LE with a byte order mark", utf16(text("\n"))],
    ["UTF-16BE with a byte order mark", bigEndian(text("\r\n"))],
    ["UTF-16LE with characters outside the BMP in a comment", utf16(`# \u{1f600}\u{10ffff}\u00e9\n${text("\n")}`)],
    ["Latin-1 in a comment", Buffer.from(`# caf\u00e9 \u00ff\n${text("\n")}`, "latin1")],
    ["lines of Windows", Buffer.from(text("\r\n"))],
    ["lines of old Macs", Buffer.from(text("\r"))],
    ["lines of old Macs, some of them empty, the first a comment", Buffer.from(`# of 1995\r\r\r${text("\r")}`)],
    ["lines of old Macs, the last one without an end", Buffer.from(text("\r").slice(0, -1))],
    ["a last line without an end", Buffer.from(text("\n").slice(0, -1))],
    ["an end mark of DOS", Buffer.from(`${text("\r\n")}\x1a`)],
    ["a record filled with end marks", Buffer.from(text("\r\n") + "\x1a".repeat(100))],
  ])("%s", async (_, bytes) => {
    for (const pieceBytes of PIECE_BYTES) expect((await readBytes(bytes, { pieceBytes })).references).toEqual(LINES);
  });

  test("the format is told from the text, too", async () => {
    for (const bytes of [utf16(text("\n")), Buffer.from(text("\r")), Buffer.from(`\ufeff${text("\n")}\x1a`)]) {
      expect((await readBytes(bytes, { file: "unnamed" })).references).toEqual(LINES);
    }
  });

  test("a byte order mark is no part of the names or of the first line of a CSV", async () => {
    for (const first of ["", "time,page\n"]) {
      const bytes = Buffer.from(`\ufeff${first}1,7\n2,8\n`);
      expect((await readBytes(bytes, { file: "x.csv", format: "csv" })).references).toEqual(["L 7", "L 8"]);
    }
  });

  test("a byte order mark before a line of lackey is none of its columns", async () => {
    const bytes = Buffer.from("\ufeffI  00007000,4\n L 00008000,4\n");
    expect((await readBytes(bytes, { file: "x.lackey" })).references).toEqual(["I 7", "L 8"]);
  });
});

describe("a text that would lose something is refused with the byte", () => {
  test.each([
    ["an odd byte at the end", Buffer.concat([utf16("L 1\n"), Uint8Array.of(0x4c)]), 10, "within a character: 1 bytes"],
    ["half a character at the end", utf16("L 1\n\ud83d"), 10, "within a character: 2 bytes"],
    ["half a character in the middle", utf16("# \ud83d!\nL 1\n"), 6, "a lone surrogate"],
    ["a line end of old Macs among others", Buffer.from("# one\rL 1\nL 2\n"), 9, "with a line feed and others"],
    ["other line ends among those of old Macs", Buffer.from("L 1\nL 2\n# three\rL 4\n"), 15, "with a line feed and others"],
  ])("%s", async (_, bytes, byteOffset, message) => {
    for (const pieceBytes of PIECE_BYTES) {
      const failure = await failureOf(bytes, { format: "page-numbers", pieceBytes });
      expect(failure).toMatchObject({ reason: "encoding-invalid", byteOffset, message: expect.stringContaining(message) });
    }
  });

  // A CSV holds anything in columns that are not read: a line end of old Macs hid whole lines there.
  test("a carriage return within a line of a CSV", async () => {
    const bytes = Buffer.from("1,7,x\n2,8,y\r3,9,z\n");
    expect(await failureOf(bytes, { file: "x.csv" })).toMatchObject({ reason: "encoding-invalid", byteOffset: 11 });
  });

  test.each([
    ["UTF-16LE", utf16(text("\n")).subarray(2), /UTF-16LE text without a byte order mark/],
    ["UTF-16BE", bigEndian(text("\n")).subarray(2), /UTF-16BE text without a byte order mark/],
    ["UTF-32LE", utf32(text("\n")), /UTF-32LE text/],
    ["UTF-32BE with a byte order mark", utf32("\ufeffL 1\n").swap32(), /UTF-32BE text/],
  ])("%s is named with how to convert it", async (_, bytes, message) => {
    const failure = await failureOf(bytes, { format: "page-numbers" });
    expect(failure).toMatchObject({ reason: "format-unsupported", message: expect.stringMatching(message) });
    expect((failure as TraceError).message).toMatch(/iconv -f UTF-(?:16|32)[BL]E -t UTF-8/);
  });

  test("NUL bytes within a line", async () => {
    const failure = await failureOf(Buffer.from("L 1\nL \0 2\n"), { format: "page-numbers" });
    expect(failure).toMatchObject({ reason: "line-invalid", message: expect.stringContaining("\\x00") });
  });
});

function utf32(value: string): Buffer {
  const points = Uint32Array.from({ length: value.length }, (_, index) => value.charCodeAt(index));
  return Buffer.from(points.buffer);
}
