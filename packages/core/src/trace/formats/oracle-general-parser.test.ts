import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AccessKind } from "../../events/index.ts";
import { caseCount } from "../../testing/case-count.ts";
import { bytesOf, listReferences, recordParsed } from "../../testing/record-trace.ts";
import { detectTraceFormat, formatOriginalPage, TraceError } from "../index.ts";

type Request = { readonly time: number; readonly id: bigint; readonly size?: number; readonly next: bigint };

const NEVER = 2n ** 63n - 1n;

/** Writes records by libCacheSim's documented layout: u32 time, u64 object id, u32 size, i64 next access, packed. */
function oracleGeneral(requests: readonly Request[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(24 * requests.length);
  const view = new DataView(bytes.buffer);
  for (const [index, { time, id, size, next }] of requests.entries()) {
    view.setUint32(24 * index, time, true);
    view.setBigUint64(24 * index + 4, id, true);
    view.setUint32(24 * index + 12, size ?? 4096, true);
    view.setBigInt64(24 * index + 16, next, true);
  }
  return bytes;
}

const three = oracleGeneral([
  { time: 10, id: 0xfedc_ba98_7654_3210n, next: 3n },
  { time: 10, id: 7n, next: -1n },
  { time: 12, id: 0xfedc_ba98_7654_3210n, next: NEVER },
]);

describe("libCacheSim's oracleGeneral", () => {
  test("gives one load per record, to the page that is its object", () => {
    const { reader, originalPages } = recordParsed("oracle-general", [three]);
    expect(listReferences(reader)).toEqual([0, 1, 0].map((page) => [page, AccessKind.Load]));
    expect([0, 1].map((page) => formatOriginalPage(originalPages, page))).toEqual(["0xfedcba9876543210", "0x7"]);
  });

  test("counts requests of size 0, each a reference", () => {
    const { reader, report } = recordParsed("oracle-general", [oracleGeneral([{ time: 0, id: 1n, size: 0, next: -1n }])]);
    expect([reader.referenceCount, report.zeroSizeRequests]).toEqual([1, 1]);
  });

  test("is refused where its last record is cut off, with the byte where that begins", () => {
    expect(() => recordParsed("oracle-general", [three.subarray(0, 71)], { file: "w.bin" })).toThrow(
      expect.objectContaining({ code: "TRACE_INVALID", reason: "length-invalid", file: "w.bin", byteOffset: 48 }),
    );
    expect(() => recordParsed("oracle-general", [three.subarray(0, 71)])).toThrow(/23 of 24 bytes \(71 bytes in all/);
  });

  test("is refused when there is no record in it", () => {
    expect(() => recordParsed("oracle-general", [])).toThrow(expect.objectContaining({ reason: "trace-empty" }));
  });

  // Oracle: libCacheSim's reader: next_access_vtime is the number of a later request, -1 or INT64_MAX.
  test.each([
    [
      "a time that goes back",
      [
        { time: 9, id: 1n, next: -1n },
        { time: 8, id: 1n, next: -1n },
      ],
      2,
      /time 8 is before 9/,
    ],
    [
      "a next access in the past",
      [
        { time: 1, id: 1n, next: -1n },
        { time: 1, id: 1n, next: 1n },
      ],
      2,
      /next access 1 /,
    ],
    ["a next access to itself", [{ time: 1, id: 1n, next: 0n }], 1, /next access 0 /],
    ["a next access of -2", [{ time: 1, id: 1n, next: -2n }], 1, /next access -2 /],
    ["a next access beyond all traces", [{ time: 1, id: 1n, next: 2n ** 40n }], 1, /next access 1099511627776 /],
  ] as const)("is refused for %s, with the number of the record and its byte", (_, requests, record, message) => {
    const read = (): unknown => recordParsed("oracle-general", [oracleGeneral(requests)], { file: "w.oracleGeneral" });
    const byteOffset = 24 * (record - 1);
    expect(read).toThrow(expect.objectContaining({ reason: "record-invalid", byteOffset }));
    expect(read).toThrow(message);
    expect(read).toThrow(`byte ${byteOffset} `);
    expect(read).toThrow(`record ${record} cannot be one`);
  });

  test("is not made of text, of zeros or of random bytes", () => {
    const rubbish = [bytesOf("time,object,size\n1,2,3\n4,5,6\n".padEnd(48, "x")), new Uint8Array(240)];
    for (const bytes of rubbish) {
      expect(() => recordParsed("oracle-general", [bytes])).toThrow(expect.objectContaining({ reason: "record-invalid" }));
    }
    const random = fc.uint8Array({ minLength: 48, maxLength: 480 });
    fc.assert(
      fc.property(random, (bytes) => {
        fc.pre(bytes.some((byte) => byte !== 255));
        expect(() => recordParsed("oracle-general", [bytes])).toThrow(TraceError);
      }),
      { numRuns: caseCount(60, 1500) },
    );
  });

  // Oracle: the requests that were written. Sound ones are never refused; with one field changed they are, or all come.
  test("gives every request of a sound file, and refuses or gives all of a damaged one", () => {
    const object = fc.bigInt({ min: 0n, max: 9n });
    const sound = fc
      .tuple(fc.array(fc.tuple(fc.nat(3), object), { minLength: 1, maxLength: 60 }), fc.constantFrom(0n, 1n), fc.constantFrom(-1n, NEVER))
      .map(([steps, base, never]) => {
        let time = 0;
        return steps.map(([step, id], index) => {
          time += step;
          const later = steps.findIndex(([, other], place) => place > index && other === id);
          return { time, id, next: later < 0 ? never : BigInt(later) + base };
        });
      });
    fc.assert(
      fc.property(sound, fc.nat(), fc.nat(255), (requests, place, byte) => {
        const bytes = oracleGeneral(requests);
        expect(recordParsed("oracle-general", [bytes]).reader.referenceCount).toBe(requests.length);
        bytes[place % bytes.length] = byte;
        try {
          expect(recordParsed("oracle-general", [bytes]).reader.referenceCount).toBe(requests.length);
        } catch (error) {
          expect(error).toBeInstanceOf(TraceError);
        }
      }),
      { numRuns: caseCount(40, 1000) },
    );
  });

  test("is recognised by what its records say, and no other binary file is taken for it", () => {
    expect(detectTraceFormat("w92.bin", three)).toBe("oracle-general");
    const backwards = oracleGeneral([
      { time: 10, id: 1n, next: -1n },
      { time: 9, id: 1n, next: -1n },
    ]);
    const portableNetworkGraphic = bytesOf("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0");
    for (const bytes of [backwards, portableNetworkGraphic]) {
      expect(() => detectTraceFormat("w92.bin", bytes)).toThrow(expect.objectContaining({ reason: "format-unknown" }));
    }
  });
});
