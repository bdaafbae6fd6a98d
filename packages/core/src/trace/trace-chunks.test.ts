import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, listReferences, recordParsed } from "../testing/record-trace.ts";
import { MAX_LINE_BYTES, TraceError, type TraceFormat } from "./index.ts";
import { caseCount } from "../testing/case-count.ts";

const page = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const kind = fc.constantFrom("I ", " L", " S", " M");
const accessLine = fc.tuple(kind, page, fc.integer({ min: 1, max: 9000 })).map(([letter, address, size]) => {
  return `${letter} ${address.toString(16).padStart(8, "0")},${size}`;
});
/** Now and then something that is wrong or to be skipped. */
const oddLine = fc.constantFrom("==1== message", "", "rubbish", "I  12", "# comment", "1", "2,3", "S 0x1f", "0 1f", "1f R");
const hex = page.map((n) => n.toString(16));
const viewLine = fc
  .tuple(fc.constantFrom("ifetch", "read", "write", "pref-r", "<marker: x>"), fc.nat(64), hex)
  .map(([name, size, address]) => `  12  3: W0.T7 ${name.padEnd(12)} ${size} byte(s) @ 0x${address} by PC 0x1`);
const text = (line: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
    .map(([lines, end, ended]) => bytesOf(lines.join(end) + (ended ? end : "")));
const mostly = (line: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: line, weight: 40 }, { arbitrary: oddLine, weight: 1 });

const inputs: Record<TraceFormat, fc.Arbitrary<Uint8Array>> = {
  lackey: text(mostly(accessLine)),
  "page-numbers": text(
    mostly(
      fc.oneof(
        page.map((n) => `S ${n}`),
        page.map((n) => `M 0x${n.toString(16)}`),
      ),
    ),
  ),
  csv: text(mostly(fc.tuple(page, page).map(([time, number]) => `${time}, ${number} ,x`))),
  "oracle-general": fc.uint8Array({ maxLength: 24 * 6 }),
  addresses: text(
    mostly(
      fc.oneof(
        hex,
        hex.map((address) => `${address} R`),
      ),
    ),
  ),
  dinero: text(mostly(fc.tuple(fc.nat(4), hex).map(([label, address]) => `${label} ${address} x`))),
  pinatrace: text(mostly(fc.tuple(hex, hex).map(([pc, address]) => `0x${pc}: R 0x${address}`))),
  drmemtrace: text(mostly(viewLine)),
  "object-ids": text(fc.string({ unit: "binary-ascii" }).map((id) => id.replaceAll("\n", " "))),
  lcs: fc.tuple(fc.integer({ min: 0, max: 9 }), fc.uint8Array({ maxLength: 120 })).map(([version, records]) => {
    const header = new Uint8Array(8192);
    const magic = Uint8Array.of(0xf0, 0xde, 0xbc, 0x9a, 0x78, 0x56, 0x34, 0x12);
    header.set(magic);
    header.set(magic, 8184);
    header[8] = version;
    return Uint8Array.of(...header, ...records);
  }),
};

/** Cuts bytes at some places; empty pieces included. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const bounds = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return bounds.slice(1).map((end, index) => bytes.slice(bounds[index], end));
}

/** What parsing comes to: the trace, or what was said against it. */
function outcome(format: TraceFormat, pieces: readonly Uint8Array[]): unknown {
  try {
    const { reader, originalPages } = recordParsed(format, pieces);
    return { references: listReferences(reader), originalPages };
  } catch (error) {
    if (error instanceof TraceError) return { message: error.message };
    throw error;
  }
}

describe.each(Object.keys(inputs) as TraceFormat[])("a stream of %s", (format) => {
  test("gives the same trace, or the same refusal, wherever its bytes are cut", () => {
    fc.assert(
      fc.property(inputs[format], fc.array(fc.nat(), { maxLength: 8 }), (bytes, places) => {
        expect(outcome(format, cut(bytes, places))).toEqual(outcome(format, [bytes]));
      }),
      { numRuns: caseCount(12, 500) },
    );
  });

  test("gives the same byte by byte", () => {
    fc.assert(
      fc.property(inputs[format], (bytes) => {
        const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
        expect(outcome(format, pieces)).toEqual(outcome(format, [bytes]));
      }),
      { numRuns: caseCount(4, 150) },
    );
  });
});

describe.each([
  ["lackey", "==1== ", "I  00001000,4\n"],
  ["lackey", "", "I  00001000,4\n"],
  ["page-numbers", "# ", "1\n"],
  ["page-numbers", "", "1\n"],
  ["csv", "1,2,", "1,2\n"],
] as const)("a line of %s that begins with %j and is of gigantic length", (format, start, before) => {
  const lineOf = (length: number): Uint8Array => bytesOf(`${before}${start.padEnd(length, "x")}\n${before}`);

  test.each([[1], [3], [1000]])("is refused by its line number, in %i pieces", (pieceCount) => {
    const bytes = lineOf(MAX_LINE_BYTES + 1);
    const places = Array.from({ length: pieceCount - 1 }, (_, i) => Math.floor((bytes.length * (i + 1)) / pieceCount));
    expect(() => recordParsed(format, cut(bytes, places))).toThrow(expect.objectContaining({ reason: "line-too-long", format, line: 2 }));
  });

  test("is refused before it ends, so that it never fills the memory", () => {
    const endless = (function* () {
      yield bytesOf(before + start);
      for (;;) yield bytesOf("x".repeat(4096));
    })();
    expect(() => recordParsed(format, endless)).toThrow(expect.objectContaining({ reason: "line-too-long", line: 2 }));
  });

  test("is judged like any other if it has as many bytes as a line may have", () => {
    const bytes = lineOf(MAX_LINE_BYTES);
    const [whole, pieces] = [outcome(format, [bytes]), outcome(format, cut(bytes, [100, 5000]))];
    expect(pieces).toEqual(whole);
    expect(JSON.stringify(whole)).not.toContain("longer than");
  });
});
