import { promisify } from "node:util";
import { constants, zstdCompressSync, zstdDecompress } from "node:zlib";
import type { ChangeBlock } from "./change-block.ts";
import type { RegionChanges } from "./find-changes.ts";

const expand = promisify(zstdDecompress);

/** By table the regions that have a part, ascending; parts are numbered in this order. */
export type RegionDirectory = Readonly<Record<string, readonly number[]>>;

/** Packs what changed in a region into a part: the length of a directory, the directory as JSON, the streams; zstd over all of it. */
export class KeyframeParts {
  readonly parts: Uint8Array<ArrayBuffer>[] = [];
  readonly regions: Record<string, number[]> = {};

  /** Call for one table after the other, and for its regions by number. */
  add(table: string, { region, blocks }: RegionChanges): void {
    (this.regions[table] ??= []).push(region);
    this.parts.push(compress(pack(blocks)));
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

/** The numbers of the parts that cover some entries [first, end) of a table, with their regions. */
export function partsOf(
  directory: RegionDirectory,
  table: string,
  [firstRegion, endRegion]: readonly [number, number],
): { readonly region: number; readonly part: number }[] {
  let before = 0;
  for (const [name, regions] of Object.entries(directory)) {
    if (name === table) {
      const numbered = regions.map((region, index) => ({ region, part: before + index }));
      return numbered.filter(({ region }) => region >= firstRegion && region < endRegion);
    }
    before += regions.length;
  }
  return [];
}
