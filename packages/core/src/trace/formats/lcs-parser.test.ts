import { describe, expect, test } from "vitest";
import { AccessKind } from "../../events/index.ts";
import { listReferences, recordParsed } from "../../testing/record-trace.ts";
import { detectTraceFormat, formatOriginalPage } from "../index.ts";

const { Load, Store, Modify } = AccessKind;
const MAGIC = 0x1234_5678_9abc_def0n;
/** Bytes of a record by version, as the packed structures of libCacheSim's lcs.h add up. */
const RECORD_BYTES = [24, 28, 36, 40, 44, 52, 68, 100];

/** Writes a trace by the layout of libCacheSim's lcs.h: a header of 8,192 bytes, then records. */
function lcs(version: number, requests: readonly (readonly [id: bigint, op: number, next: bigint])[], told = requests.length): Uint8Array {
  const length = RECORD_BYTES[version - 1] ?? 100;
  const bytes = new Uint8Array(8192 + length * requests.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, MAGIC, true);
  view.setBigUint64(8, BigInt(version), true);
  view.setBigInt64(24, BigInt(told), true);
  view.setBigUint64(8184, MAGIC, true);
  for (const [index, [id, op, next]] of requests.entries()) {
    const at = 8192 + length * index;
    view.setUint32(at, 100 + index, true);
    view.setBigUint64(at + 4, id, true);
    view.setUint32(at + 12, 4096, true);
    if (version === 2) view.setUint8(at + 16, op);
    if (version > 2) view.setUint8(at + 20, op);
    view.setBigInt64(at + (version === 1 ? 16 : version === 2 ? 20 : 28), next, true);
  }
  return bytes;
}

// Oracle: libCacheSim's enum.h: 1 is a get, 3 a set, 10 an increment, 12 a read, 13 a write.
const requests = [
  [7n, 1, 3n],
  [2n ** 63n, 3, -1n],
  [7n, 10, 5n],
  [8n, 13, -1n],
  [7n, 12, -1n],
] as const;

describe("libCacheSim's lcs", () => {
  test.each(RECORD_BYTES.map((_, index) => [index + 1]))("of version %i gives its objects, and kinds if it has them", (version) => {
    const { reader, originalPages } = recordParsed("lcs", [lcs(version, requests)]);
    const kinds = version === 1 ? [Load, Load, Load, Load, Load] : [Load, Store, Modify, Store, Load];
    expect(listReferences(reader)).toEqual([0, 1, 0, 2, 0].map((page, index) => [page, kinds[index]]));
    expect([0, 1, 2].map((page) => formatOriginalPage(originalPages, page))).toEqual(["0x7", "0x8000000000000000", "0x8"]);
  });

  test("is recognised by its first bytes, whatever its name", () => {
    expect(detectTraceFormat("trace.bin", lcs(1, requests))).toBe("lcs");
  });

  const damaged = lcs(1, requests);
  damaged[8192] = 255;
  test.each([
    ["a record cut off", lcs(3, requests).subarray(0, 8192 + 100), "length-invalid", /28 of 36 bytes .*behind a header of 8192/],
    ["fewer requests than its header tells", lcs(1, requests, 6), "length-invalid", /tells of 6 requests, and 5 follow/],
    ["no request", lcs(1, []), "trace-empty", /no record/],
    ["an unknown version", lcs(9, requests), "format-unsupported", /versions 1 to 8 are known/],
    ["half a header", lcs(1, requests).subarray(0, 4000), "format-unsupported", /no header with both magic numbers/],
    ["a time that goes back", damaged, "record-invalid", /byte 8216 .*record 2 /],
  ] as const)("with %s is refused", (_, bytes, reason, message) => {
    const read = (): unknown => recordParsed("lcs", [bytes]);
    expect(read).toThrow(expect.objectContaining({ reason }));
    expect(read).toThrow(message);
  });
});
