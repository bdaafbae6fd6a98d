import type { ContainerPlace } from "./container-place.ts";

const MAGIC_BYTES = 4;
/** Of a frame's header, magic number included (RFC 8878, 3.1.1.1). */
export const MAX_HEADER_BYTES = 18;
/** What libzstd expands on 64-bit machines: `zstd --long=31`. */
export const MAX_WINDOW_LOG = 31;

export type ZstdHeader = {
  readonly length: number;
  readonly hasChecksum: boolean;
};

/** Reads the header of a frame. Throws if it is cut off, damaged, or asks for what cannot be given. */
export function readZstdHeader(head: Uint8Array, place: ContainerPlace): ZstdHeader {
  const bytes = Buffer.from(head);
  if (bytes.length <= MAGIC_BYTES) throw place.cutOff();
  const descriptor = bytes.readUInt8(MAGIC_BYTES);
  const single = (descriptor & 0x20) !== 0;
  const windowBytes = single ? 0 : 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
  const dictionaryAt = MAGIC_BYTES + 1 + windowBytes;
  const length = dictionaryAt + dictionaryBytes + sizeBytes;
  if (bytes.length < length) throw place.cutOff();
  if ((descriptor & 0x08) !== 0) throw place.damaged("a reserved bit of its header is set");
  if (!single) requireWindow(bytes.readUInt8(MAGIC_BYTES + 1), place);
  if (dictionaryBytes > 0) requireNoDictionary(bytes.readUIntLE(dictionaryAt, dictionaryBytes), place);
  return { length, hasChecksum: (descriptor & 0x04) !== 0 };
}

function requireWindow(descriptor: number, place: ContainerPlace): void {
  const base = 2 ** (10 + (descriptor >> 3));
  const window = base + (base / 8) * (descriptor & 7);
  if (window <= 2 ** MAX_WINDOW_LOG) return;
  throw place.unsupported(
    `needs a window of ${window} bytes to be expanded; up to ${2 ** MAX_WINDOW_LOG} bytes (2 GiB) are possible`,
    "Compress it again with a smaller window (zstd --long=27). Nothing was imported.",
  );
}

function requireNoDictionary(id: number, place: ContainerPlace): void {
  if (id === 0) return;
  throw place.unsupported(
    `was compressed with the dictionary ${id}, which is not in the file`,
    `Expand it with that dictionary: zstd -dc -D DICTIONARY FILE | ballast import - --name NAME. Nothing was imported.`,
  );
}
