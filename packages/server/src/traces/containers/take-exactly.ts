import type { ByteReader } from "../byte-reader.ts";
import type { ContainerPlace } from "./container-place.ts";

/** Reads exactly this many bytes of a part; throws if the file ends before. */
export async function takeExactly(reader: ByteReader, count: number, place: ContainerPlace): Promise<Buffer> {
  const bytes = await reader.take(count);
  if (bytes.length < count) throw place.cutOff();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
