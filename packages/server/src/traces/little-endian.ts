import { endianness } from "node:os";

const swaps = endianness() === "BE";

/** The bytes of 32-bit integers, least significant first on every machine. Shares memory where the machine agrees. */
export function littleEndianBytes(integers: Uint32Array): Uint8Array {
  if (!swaps) return new Uint8Array(integers.buffer, integers.byteOffset, integers.byteLength);
  return Buffer.from(integers.slice().buffer).swap32();
}

/** The integers behind bytes that `littleEndianBytes` gave. Copies. */
export function fromLittleEndianBytes(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  if (swaps) Buffer.from(copy.buffer).swap32();
  return new Uint32Array(copy.buffer);
}
