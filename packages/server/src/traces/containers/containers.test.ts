import { constants, gzipSync, zstdCompressSync } from "node:zlib";
import { TraceError } from "@ballast/core/trace";
import { describe, expect, test } from "vitest";
import { failureOf, readBytes } from "../read-bytes.fixture.ts";
import type { ContainerKind } from "./container-kinds.ts";
import { LINES, PACKED, SKIPPABLE_FRAME, XZ_WITH_SHA256 } from "./packed.fixture.ts";

const KINDS = Object.keys(PACKED) as ContainerKind[];
const TEXT = Buffer.from("L 1\n");
const zeros = (count: number): Buffer => Buffer.alloc(count);
const ofEachKind = (kind: ContainerKind): string => (kind === "gzip" ? "zstd" : "gzip");

/** Fewer bytes than the magic number has. */
const MAGIC_PREFIX = { gzip: 2, zstd: 2, xz: 2, bzip2: 3 } satisfies Record<ContainerKind, number>;

/** Sees to it that a part's end falls on a piece's end, behind it, and within a piece. */
const PIECE_BYTES = [1, 7, 2 ** 20];

describe.each(KINDS)("%s", (kind) => {
  const { first, second, empty } = PACKED[kind];
  const whole = Buffer.concat([empty, first, empty, second, empty]);

  // Oracle: the lines that were compressed.
  test.each(PIECE_BYTES)("several parts, empty ones among them, are read as one, in pieces of %i bytes", async (pieceBytes) => {
    expect((await readBytes(whole, { pieceBytes })).references).toEqual(LINES);
  });

  test("bytes of a part come in pieces of which one ends where the part ends", async () => {
    const { references } = await readBytes(Buffer.concat([first, second]), { pieceBytes: first.length });
    expect(references).toEqual(LINES);
  });

  // Oracle: a whole number of parts is the only start of the file that is a file.
  test("cut off anywhere else than between its parts, it is refused", async () => {
    const file = Buffer.concat([first, second]);
    for (let length = 1; length < file.length; length += 1) {
      if (length === first.length) continue;
      const failure = await failureOf(file.subarray(0, length));
      expect(failure, `${length} bytes`).toBeInstanceOf(TraceError);
    }
    expect((await readBytes(file.subarray(0, first.length))).references).toEqual(LINES.slice(0, 10));
  });

  test.each([
    ["text", TEXT, /something else: "L 1\\x0a"/],
    ["a single byte", Uint8Array.of(0x58), /something else: "X"/],
    ["a part of another kind", PACKED[ofEachKind(kind) as ContainerKind].first, /begins (?:gzip|zstd) data, which is not read together/],
    ["a zip archive", Buffer.from("PK\x03\x04rest"), /something else: "PK/],
    ["lz4 data", Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x64), /something else/],
    ["the start of another part", first.subarray(0, MAGIC_PREFIX[kind]), /cut off in its first \d bytes/],
    ["zeros and then text", Buffer.concat([zeros(8), TEXT]), /something else|then something else/],
  ])("behind its parts, %s is refused with the byte where it begins", async (_, garbage, message) => {
    const failure = await failureOf(Buffer.concat([first, garbage]));
    expect(failure).toMatchObject({
      reason: "compression-damaged",
      byteOffset: 40,
      message: expect.stringMatching(message),
    });
    expect([first.length, first.length + 8]).toContain((failure as TraceError).fileByte);
  });

  test("damage between two parts is refused, not taken for the end", async () => {
    const failure = await failureOf(Buffer.concat([first, Buffer.from("X"), second]));
    expect(failure).toMatchObject({ reason: "compression-damaged", fileByte: first.length });
  });
});

describe("gzip", () => {
  const { first, second } = PACKED.gzip;

  // Oracle: `gzip -dc` skips zeros behind the last member, and says so with -v.
  test("zeros at the end are skipped with a note", async () => {
    const { references, notes } = await readBytes(Buffer.concat([first, second, zeros(1000)]), { pieceBytes: 300 });
    expect(references).toEqual(LINES);
    expect(notes).toEqual([`1000 zero bytes of padding behind the gzip data, from byte ${first.length + second.length} on, were skipped.`]);
  });

  // Oracle: RFC 1952, 2.3: FLG at byte 3; extra field, name, comment and header checksum, in this order.
  test("headers with every optional field are read", async () => {
    const flags = Buffer.from(first);
    flags[3] = 0x1c;
    const fields = Buffer.concat([Uint8Array.of(4, 0), Buffer.from("BC\x00\x00"), Buffer.from("a name\0"), Buffer.from("a comment\0")]);
    const file = Buffer.concat([flags.subarray(0, 10), fields, flags.subarray(10), second]);
    expect((await readBytes(file, { pieceBytes: 5 })).references).toEqual(LINES);
  });

  test.each([
    ["its checksum", -8],
    ["its length", -4],
  ])("a wrong value for %s is refused", async (what, at) => {
    const damaged = Buffer.from(first);
    damaged[damaged.length + at] = (damaged.at(at) as number) ^ 1;
    expect(await failureOf(damaged)).toMatchObject({ message: expect.stringContaining(`${what} does not fit`) });
  });
});

describe("zstd", () => {
  const { first, second } = PACKED.zstd;

  // Oracle: RFC 8878, 3.1.2: a decoder skips such frames.
  test("skippable frames are skipped, as before each frame of pzstd", async () => {
    const file = Buffer.concat([SKIPPABLE_FRAME, first, SKIPPABLE_FRAME, second, SKIPPABLE_FRAME]);
    for (const pieceBytes of PIECE_BYTES) expect((await readBytes(file, { pieceBytes })).references).toEqual(LINES);
    expect(await failureOf(file.subarray(0, -1))).toMatchObject({ message: expect.stringContaining("ends too early") });
  });

  test("a frame with a window of 2 GiB is read, as zstd --long=31 makes", async () => {
    const text = Buffer.from(`${LINES.join("\n")}\n`);
    // Zstd writes the window that was asked for only if it does not know the size.
    const params = { [constants.ZSTD_c_windowLog]: 31, [constants.ZSTD_c_contentSizeFlag]: 0 };
    const frame = setWindow(zstdCompressSync(text, { params }), 21 << 3);
    expect((await readBytes(frame)).references).toEqual(LINES);
  });

  // Oracle: RFC 8878, 3.1.1.1.2: exponent 31 - 10 = 21, mantissa 1: 2^31 + 2^28.
  test("one that needs a larger window is refused with its size", async () => {
    const params = { [constants.ZSTD_c_contentSizeFlag]: 0 };
    const failure = await failureOf(setWindow(zstdCompressSync(TEXT, { params }), (21 << 3) | 1));
    expect(failure).toMatchObject({ reason: "format-unsupported", message: expect.stringContaining("a window of 2415919104 bytes") });
  });

  // Oracle: RFC 8878, 3.1.1.1.3: with Dictionary_ID_flag 1, the byte behind the descriptor of a single segment.
  test("one that needs a dictionary is refused with the dictionary's number", async () => {
    const frame = Buffer.concat([first.subarray(0, 5), Uint8Array.of(77), first.subarray(5)]);
    frame[4] = (frame[4] as number) | 1;
    expect(await failureOf(frame)).toMatchObject({ reason: "format-unsupported", message: expect.stringContaining("dictionary 77,") });
  });

  test("a frame that does not fit its checksum is refused", async () => {
    const frame = zstdCompressSync(TEXT, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
    expect((await readBytes(frame)).references).toEqual(["L 1"]);
    frame[frame.length - 1] = (frame.at(-1) as number) ^ 1;
    expect(await failureOf(frame)).toMatchObject({ message: expect.stringContaining("its checksum does not fit") });
  });
});

describe("xz", () => {
  const { first, second } = PACKED.xz;

  // Oracle: the xz format, 2.2: padding is zeros, a multiple of four.
  test("zeros between and behind streams are padding in fours", async () => {
    const file = Buffer.concat([first, zeros(4), second, zeros(8)]);
    for (const pieceBytes of PIECE_BYTES) expect((await readBytes(file, { pieceBytes })).references).toEqual(LINES);
    expect(await failureOf(Buffer.concat([first, zeros(3)]))).toMatchObject({ fileByte: first.length + 3 });
  });

  test("a stream with the check SHA-256 is held against it", async () => {
    expect((await readBytes(XZ_WITH_SHA256)).references).toEqual(LINES.slice(0, 10));
    const damaged = Buffer.from(XZ_WITH_SHA256);
    const checkAt = damaged.length - 60;
    damaged[checkAt] = (damaged[checkAt] as number) ^ 1;
    expect(await failureOf(damaged)).toMatchObject({ reason: "compression-damaged" });
  });
});

describe("bzip2", () => {
  test("every single damaged bit of a stream is found", async () => {
    const { first } = PACKED.bzip2;
    for (let bit = 80; bit < first.length * 8; bit += 7) {
      const damaged = Buffer.from(first);
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      const outcome = await readBytes(damaged).catch((error: unknown) => error);
      // The last bits only fill the last byte.
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(TraceError);
      else expect(outcome, `bit ${bit}`).toMatchObject({ references: LINES.slice(0, 10) });
    }
  });

  test("loading it does not change how the process treats errors", async () => {
    await readBytes(PACKED.bzip2.first);
    const sources = ["uncaughtException", "unhandledRejection"].flatMap((event) => process.rawListeners(event));
    expect(sources.filter((listener) => /ExitStatus|throw reason/.test(String(listener)))).toEqual([]);
  });
});

describe("a file that is only the start of compressed data", () => {
  test.each(KINDS)("is told as cut off: %s", async (kind) => {
    const failure = await failureOf(PACKED[kind].first.subarray(0, 3), { format: "page-numbers" });
    expect(failure).toMatchObject({ reason: "compression-damaged", message: expect.stringContaining(`${kind} data`) });
  });
});

test("data that was compressed twice is refused with both names", async () => {
  expect(await failureOf(gzipSync(PACKED.zstd.first))).toMatchObject({
    reason: "format-unsupported",
    message: expect.stringMatching(/expanded from gzip, this is zstd data again.*gzip -dc FILE/),
  });
});

/** Writes the window descriptor of a frame that has one. */
function setWindow(frame: Buffer, descriptor: number): Buffer {
  expect((frame[4] as number) & 0x20).toBe(0);
  const changed = Buffer.from(frame);
  changed[5] = descriptor;
  return changed;
}

describe("data that expands to more than may be read", () => {
  const bomb = zstdCompressSync(Buffer.alloc(2 ** 24, "L 1\n"));

  test("is refused with the limit, before more than a piece of it was read", async () => {
    expect(bomb.length).toBeLessThan(4096);
    await expect(failureOf(bomb, { maxExpandedBytes: 2 ** 20 })).resolves.toMatchObject({
      reason: "too-large",
      message: expect.stringContaining("the zstd data expands to more than 1.00 MiB") as string,
    });
  });

  test("is read where its size is exactly the limit", async () => {
    expect((await readBytes(bomb, { maxExpandedBytes: 2 ** 24 })).references).toHaveLength(2 ** 22);
  });
});
