import { assert } from "@ballast/core/assert";
import { REGION_ENTRIES, type ChangeBlock, GAP_GOES_ON } from "./change-block.ts";

/** The entries of a block, to be put in place; reused from block to block. */
export const changed = { indexes: new Uint32Array(REGION_ENTRIES), values: new Int32Array(REGION_ENTRIES) };

/** Unpacks what `findChanges` found, for a column of this length, into `changed`. Returns how many entries. */
export function unpackChanges(block: ChangeBlock, columnLength: number, bytesPerEntry: number): number {
  const last = unpackIndexes(block);
  assert(last < columnLength, () => `a keyframe has entry ${last} for ${block.column}, which has ${columnLength}`);
  if (bytesPerEntry === 1) changed.values.set(block.planes);
  else unpackIntegers(block);
  return block.count;
}

function unpackIndexes({ gaps, start, count }: ChangeBlock): number {
  const { indexes } = changed;
  let index = start - 1;
  for (let i = 0, at = 0; i < count; i++) {
    let gap = gaps[at++]!;
    for (; gap === GAP_GOES_ON; gap = gaps[at++]!) index += GAP_GOES_ON;
    index += gap + 1;
    indexes[i] = index;
  }
  return index;
}

function unpackIntegers({ planes, count, isDelta }: ChangeBlock): void {
  const { values } = changed;
  const [p0, p1, p2, p3] = [0, 1, 2, 3].map((byte) => planes.subarray(byte * count, (byte + 1) * count)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const keep = isDelta ? -1 : 0;
  let value = 0;
  for (let i = 0; i < count; i++) {
    value = ((value & keep) + (p0[i]! | (p1[i]! << 8) | (p2[i]! << 16) | (p3[i]! << 24))) | 0;
    values[i] = value;
  }
}
