import type { EventBatch } from "@ballast/core/events";
import { COMMIT_COLUMNS, type CommitColumn, type EventColumn } from "../commit-columns.ts";

/** Fills the columns of a batch of the right length from what `encodeColumns` made; only some of them if these are given. */
export function decodeColumns(
  batch: EventBatch,
  bases: readonly number[],
  planes: readonly (Uint8Array | null)[],
  only?: readonly CommitColumn["field"][],
): void {
  let first = 0;
  COMMIT_COLUMNS.forEach((column, index) => {
    const own: Uint8Array[] = [];
    for (const plane of planes.slice(first, first + column.maxBytes)) if (plane !== null) own.push(plane);
    first += column.maxBytes;
    if (only?.includes(column.field) === false) return;
    fillColumn(batch[column.field], bases[index] ?? 0, own, batch.length);
  });
}

function fillColumn(values: EventColumn, base: number, planes: readonly Uint8Array[], length: number): void {
  const [p0, p1, p2, p3] = planes;
  if (p0 === undefined) values.fill(base, 0, length);
  else if (p1 === undefined) for (let i = 0; i < length; i++) values[i] = base + p0[i]!;
  else if (p2 === undefined) for (let i = 0; i < length; i++) values[i] = base + (p0[i]! | (p1[i]! << 8));
  else if (p3 === undefined) {
    for (let i = 0; i < length; i++) values[i] = base + (p0[i]! | (p1[i]! << 8) | (p2[i]! << 16));
  } else if (planes.length === 4) {
    for (let i = 0; i < length; i++) {
      values[i] = base + ((p0[i]! | (p1[i]! << 8) | (p2[i]! << 16) | (p3[i]! << 24)) >>> 0);
    }
  } else fillWide(values, base, planes, length);
}

const UNIT = 2 ** 24;

/**
 * Five to seven bytes. The upper four are added first: base + high * 2^24 lies between the base and the value and is
 * thus exact, even where the difference from the base has 54 bits.
 */
function fillWide(values: EventColumn, base: number, planes: readonly Uint8Array[], length: number): void {
  const [p0, p1, p2, p3, p4, p5, p6] = planes as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, ...Uint8Array[]];
  for (let i = 0; i < length; i++) {
    const low = p0[i]! | (p1[i]! << 8) | (p2[i]! << 16);
    const high = p3[i]! | (p4[i]! << 8) | ((p5?.[i] ?? 0) << 16) | ((p6?.[i] ?? 0) << 24);
    values[i] = base + (high >>> 0) * UNIT + low;
  }
}
