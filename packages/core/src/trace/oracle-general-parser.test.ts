import { describe, expect, test } from "vitest";
import { AccessKind } from "../events/index.ts";
import { bytesOf, listReferences, recordParsed } from "../testing/record-trace.ts";
import { detectTraceFormat, formatOriginalPage } from "./index.ts";

/** Writes records by libCacheSim's documented layout: u32 time, u64 object id, u32 size, i64 next access, packed. */
function oracleGeneral(records: readonly { time: number; id: bigint; next: bigint }[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(24 * records.length);
  const view = new DataView(bytes.buffer);
  for (const [index, { time, id, next }] of records.entries()) {
    view.setUint32(24 * index, time, true);
    view.setBigUint64(24 * index + 4, id, true);
    view.setUint32(24 * index + 12, 4096, true);
    view.setBigInt64(24 * index + 16, next, true);
  }
  return bytes;
}

const three = oracleGeneral([
  { time: 10, id: 0xfedc_ba98_7654_3210n, next: 3n },
  { time: 10, id: 7n, next: -1n },
  { time: 12, id: 0xfedc_ba98_7654_3210n, next: -1n },
]);

describe("libCacheSim's oracleGeneral", () => {
  test("gives one load per record, to the page that is its object", () => {
    const { reader, originalPages } = recordParsed("oracle-general", [three]);
    expect(listReferences(reader)).toEqual([0, 1, 0].map((page) => [page, AccessKind.Load]));
    expect([0, 1].map((page) => formatOriginalPage(originalPages, page))).toEqual(["0xfedcba9876543210", "0x7"]);
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
