import { promisify } from "node:util";
import { constants, zstdCompressSync, zstdDecompress } from "node:zlib";
import type { ChangeBlock } from "./change-block.ts";

const expand = promisify(zstdDecompress);

/** Raw bytes after which a part is closed: parts are stored and expanded by themselves, so that memory stays bounded. */
const PART_BYTES = 4 * 1024 * 1024;
/** Packs blocks into parts: the length of a directory, the directory as JSON, the streams; zstd over all of it. */
export class KeyframeParts {
  readonly parts: Uint8Array<ArrayBuffer>[] = [];
  private blocks: ChangeBlock[] = [];
  private bytes = 0;

  add(block: ChangeBlock): void {
    this.blocks.push(block);
    this.bytes += block.gaps.length + block.planes.length;
    if (this.bytes >= PART_BYTES) this.close();
  }

  /** Call once after the last block. */
  close(): void {
    if (this.blocks.length === 0) return;
    this.parts.push(compress(pack(this.blocks)));
    this.blocks = [];
    this.bytes = 0;
  }
}

/** A block in a part's directory; its streams follow those of the block before. */
type DirectoryEntry = Omit<ChangeBlock, "gaps" | "planes"> & { readonly gapBytes: number; readonly planeBytes: number };

function pack(blocks: readonly ChangeBlock[]): Buffer {
  const entries = blocks.map(({ gaps, planes, ...entry }): DirectoryEntry => {
    return { ...entry, gapBytes: gaps.length, planeBytes: planes.length };
  });
  const directory = Buffer.from(JSON.stringify(entries));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(directory.length);
  return Buffer.concat([length, directory, ...blocks.flatMap(({ gaps, planes }) => [gaps, planes])]);
}

export function compress(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const compressed = zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  return Uint8Array.from(compressed);
}

export async function unpackPart(part: Uint8Array): Promise<ChangeBlock[]> {
  const bytes = await expand(part);
  const directoryEnd = 4 + bytes.readUInt32LE(0);
  const entries = JSON.parse(bytes.toString("utf8", 4, directoryEnd)) as DirectoryEntry[];
  let at = directoryEnd;
  const take = (length: number): Uint8Array => bytes.subarray(at, (at += length));
  return entries.map(({ column, start, count, isDelta, gapBytes, planeBytes }) => {
    return { column, start, count, isDelta, gaps: take(gapBytes), planes: take(planeBytes) };
  });
}
