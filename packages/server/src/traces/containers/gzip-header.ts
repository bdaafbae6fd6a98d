import { crc32 } from "node:zlib";
import type { ByteReader } from "../byte-reader.ts";
import type { ContainerPlace } from "./container-place.ts";
import { takeExactly } from "./take-exactly.ts";

/** RFC 1952, 2.3.1. */
const FLAG = { headerChecksum: 0x02, extra: 0x04, name: 0x08, comment: 0x10, reserved: 0xe0 } as const;
const FIXED_BYTES = 10;
const FLAGS_AT = 3;
/** Longer names and comments are taken for damage: their end is searched for in what lies behind. */
const MAX_TEXT_BYTES = 65_536;

/** Reads the header of a member up to where its compressed data begins. */
export async function readGzipHeader(reader: ByteReader, place: ContainerPlace): Promise<void> {
  const fixed = await takeExactly(reader, FIXED_BYTES, place);
  const flags = fixed.readUInt8(FLAGS_AT);
  if ((flags & FLAG.reserved) !== 0) throw place.damaged("a reserved bit of its header is set");
  const parts = [fixed];
  if ((flags & FLAG.extra) !== 0) {
    const length = await takeExactly(reader, 2, place);
    parts.push(length, await takeExactly(reader, length.readUInt16LE(), place));
  }
  if ((flags & FLAG.name) !== 0) parts.push(await takeText(reader, place));
  if ((flags & FLAG.comment) !== 0) parts.push(await takeText(reader, place));
  if ((flags & FLAG.headerChecksum) === 0) return;
  const expected = (await takeExactly(reader, 2, place)).readUInt16LE();
  if ((crc32(Buffer.concat(parts)) & 0xffff) !== expected) throw place.damaged("its header does not fit its checksum");
}

/** A text that ends with a zero byte. */
async function takeText(reader: ByteReader, place: ContainerPlace): Promise<Buffer> {
  const ahead = await reader.peek(MAX_TEXT_BYTES);
  const end = ahead.indexOf(0);
  if (end < 0 && ahead.length < MAX_TEXT_BYTES) throw place.cutOff();
  if (end < 0) throw place.damaged("the file name in its header has no end");
  return Buffer.from(await reader.take(end + 1));
}
