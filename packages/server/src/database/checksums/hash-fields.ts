import xxhash, { type XXHash } from "xxhash-wasm";

const xxh = await xxhash();

/** Fields below this many bytes are gathered: a call into the hash costs more than to copy them. */
const GATHERED_BYTES = 2_048;
const SCRATCH_BYTES = 64 * 1_024;
/** At most this many bytes at a time: the hash's memory grows to its longest input and never shrinks. */
const PIECE_BYTES = 256 * 1_024;
const CHECKSUM_BYTES = 8;

const scratch = Buffer.alloc(SCRATCH_BYTES);

/** XXH64, big-endian, over the fields one after the other: the length of each (int32, big-endian; -1 for null), then its bytes. */
export function hashFields(fields: Iterable<Uint8Array | null>): Buffer {
  const hash = xxh.create64();
  let end = 0;
  for (const field of fields) {
    if (end + GATHERED_BYTES + 4 > SCRATCH_BYTES) end = flush(hash, end);
    end = scratch.writeInt32BE(field === null ? -1 : field.length, end);
    if (field === null) continue;
    if (field.length < GATHERED_BYTES) {
      scratch.set(field, end);
      end += field.length;
    } else {
      end = flush(hash, end);
      updateInPieces(hash, field);
    }
  }
  flush(hash, end);
  const checksum = Buffer.allocUnsafe(CHECKSUM_BYTES);
  checksum.writeBigUInt64BE(hash.digest());
  return checksum;
}

function flush(hash: XXHash<bigint>, end: number): 0 {
  hash.update(scratch.subarray(0, end));
  return 0;
}

function updateInPieces(hash: XXHash<bigint>, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) hash.update(bytes.subarray(at, at + PIECE_BYTES));
}
