import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { failureOf, readBytes } from "./read-bytes.fixture.ts";

const bytes = (text: string): Buffer => Buffer.concat([Buffer.from(text, "latin1"), Buffer.alloc(600, 0x20)]);

/** A tar of one file, as `tar cf` writes its header: the checksum is the sum of its bytes, those of itself as blanks. */
function tar(magic: string): Buffer {
  const header = Buffer.alloc(512);
  header.write("sort.pages");
  header.write("0000644\0", 100);
  header.write("00000000003\0", 124);
  header.write(" ".repeat(8), 148);
  header.write("0", 156);
  header.write(magic, 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return Buffer.concat([header, Buffer.from("L 1"), Buffer.alloc(509), Buffer.alloc(1024)]);
}

// Oracle: the magic numbers of file(1), and what each format's documentation says it begins with.
describe("what is recognised and not read is named, with what to do", () => {
  test.each([
    ["zip", bytes("PK\x03\x04"), "a zip archive", "unzip -p"],
    ["7z", bytes("7z\xbc\xaf\x27\x1c"), "a 7z archive", "7z x -so"],
    ["tar (POSIX)", tar("ustar\x0000"), "a tar archive", "tar -xOf"],
    ["tar (GNU)", tar("ustar  \0"), "a tar archive", "tar -xOf"],
    ["tar (seventh edition)", tar(""), "a tar archive", "tar -xOf"],
    ["Parquet", bytes("PAR1\x15\x04"), "a Parquet file", "CSV"],
    ["HDF5", bytes("\x89HDF\r\n\x1a\n"), "an HDF5 file", "CSV"],
    ["SQLite", bytes("SQLite format 3\0"), "an SQLite database", "sqlite3 -csv"],
    ["lz4", bytes("\x04\x22\x4d\x18"), "lz4 data", "lz4 -dc"],
    ["compress", bytes("\x1f\x9d\x90"), "data of compress", "gzip -dc"],
    ["lzma", bytes("\x5d\x00\x00\x80\x00"), "LZMA data", "xz --format=lzma -dc"],
    ["zlib", deflateSync("L 1\nL 2\n".repeat(99)), "zlib data, not gzip", "zlib-flate"],
    ["lzip", bytes("LZIP\x01"), "lzip data", "lzip -dc"],
    ["old zstd", bytes("\x27\xb5\x2f\xfd"), "before version 0.8", "legacy"],
    ["a zstd dictionary", bytes("\x37\xa4\x30\xec"), "a zstd dictionary", ""],
    ["ELF", bytes("\x7fELF\x02"), "a program (ELF)", "valgrind --tool=lackey"],
    ["PDF", bytes("%PDF-1.7"), "a PDF document", ""],
    ["perf.data", bytes("PERFILE2"), "a recording of perf", "perf script"],
    ["Git LFS", bytes("version https://git-lfs.github.com/spec/v1\noid sha256:"), "a pointer of Git LFS", "git lfs pull"],
    ["HTML", bytes("\n<!DOCTYPE html><html>"), "a web page", "browser"],
  ])("%s, plain and within gzip, whatever its file is called and its format is said to be", async (_, content, what, advice) => {
    for (const options of [{ file: "x" }, { file: "x.pages" }, { format: "csv" as const }]) {
      const message = expect.stringContaining(advice);
      expect(await failureOf(content, options)).toMatchObject({ reason: "format-unsupported", message });
      const found = expect.stringContaining(what) as string;
      expect(await failureOf(content, options)).toMatchObject({ found });
      expect(await failureOf(gzipSync(content), options)).toMatchObject({
        reason: "format-unsupported",
        message: expect.stringContaining("expanded from gzip, this is"),
      });
    }
  });

  test("a binary format that was asked for may begin with anything", async () => {
    const record = Buffer.alloc(24);
    record.write("PK\x03\x04", "latin1");
    record.writeBigInt64LE(-1n, 16);
    record.writeUInt32LE(5, 4);
    record.writeUInt32LE(4096, 12);
    expect((await readBytes(record, { format: "oracle-general" })).references).toEqual(["L 5"]);
  });
});
