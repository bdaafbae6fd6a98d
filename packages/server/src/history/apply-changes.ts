import { assert } from "@ballast/core/assert";
import type { IntColumn } from "@ballast/core/memory";
import { GAP_GOES_ON, type ChangeBlock } from "./change-block.ts";

/** Puts what `findChanges` found into a column that equals the base. */
export function applyChanges(values: IntColumn, block: ChangeBlock): void {
  const last = values.BYTES_PER_ELEMENT === 1 ? applyBytes(values, block) : applyIntegers(values, block);
  assert(last < values.length, () => `a keyframe has entry ${last} for a column of ${values.length}`);
}

function applyBytes(values: IntColumn, { gaps, planes, start, count }: ChangeBlock): number {
  let index = start - 1;
  for (let i = 0, at = 0; i < count; i++) {
    let gap = gaps[at++]!;
    for (; gap === GAP_GOES_ON; gap = gaps[at++]!) index += GAP_GOES_ON;
    index += gap + 1;
    values[index] = planes[i]!;
  }
  return index;
}

function applyIntegers(values: IntColumn, { gaps, planes, start, count, isDelta }: ChangeBlock): number {
  const [p0, p1, p2, p3] = [0, 1, 2, 3].map((byte) => planes.subarray(byte * count, (byte + 1) * count)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const keep = isDelta ? -1 : 0;
  let index = start - 1;
  let value = 0;
  for (let i = 0, at = 0; i < count; i++) {
    let gap = gaps[at++]!;
    for (; gap === GAP_GOES_ON; gap = gaps[at++]!) index += GAP_GOES_ON;
    index += gap + 1;
    value = ((value & keep) + (p0[i]! | (p1[i]! << 8) | (p2[i]! << 16) | (p3[i]! << 24))) | 0;
    values[index] = value;
  }
  return index;
}
