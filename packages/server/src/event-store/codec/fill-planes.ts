import { assert } from "@ballast/core/assert";
import { type EventColumn, MAX_COMMIT_EVENTS } from "../commit-columns.ts";

type Planes = readonly Uint8Array[];

const HIGH = 2 ** 32;

/** An Int32Array takes the low 32 bits of the integer part of what is written to it. */
const bits = new Int32Array(MAX_COMMIT_EVENTS);

/**
 * Writes the differences of a column's first `length` values from their smallest into byte planes that lie one after the other
 * in `bytes`, lowest first: as many as the largest difference needs. Each loop reads one class of array, and writes all planes
 * in one pass.
 */
export function fillPlanes(
  values: EventColumn,
  { min, max }: { readonly min: number; readonly max: number },
  bytes: Uint8Array,
  length: number,
): void {
  const planes: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length; offset += length) planes.push(bytes.subarray(offset, offset + length));
  if (planes.length === 0) return;
  if (values instanceof Int32Array) fillFromInt32(values, min, planes, length);
  else if (values instanceof Uint8Array) fillFromBytes(values, min, planes, length);
  else if (max - min > Number.MAX_SAFE_INTEGER) fillExactly(values, min, planes, length);
  else fillFromIntegers(values, min, planes, length);
}

function fillFromBytes(values: Uint8Array, base: number, [p0]: Planes, length: number): void {
  for (let i = 0; i < length; i++) p0![i] = values[i]! - base;
}

/** Differences below 2^32: their low 32 bits are all there is. */
function fillFromInt32(values: Int32Array, base: number, [p0, p1, p2, p3]: Planes, length: number): void {
  if (p1 === undefined) {
    for (let i = 0; i < length; i++) p0![i] = values[i]! - base;
  } else if (p2 === undefined) {
    for (let i = 0; i < length; i++) {
      const difference = (values[i]! - base) | 0;
      p0![i] = difference;
      p1[i] = difference >>> 8;
    }
  } else if (p3 === undefined) {
    for (let i = 0; i < length; i++) {
      const difference = (values[i]! - base) | 0;
      p0![i] = difference;
      p1[i] = difference >>> 8;
      p2[i] = difference >>> 16;
    }
  } else {
    for (let i = 0; i < length; i++) {
      const difference = (values[i]! - base) | 0;
      p0![i] = difference;
      p1[i] = difference >>> 8;
      p2[i] = difference >>> 16;
      p3[i] = difference >>> 24;
    }
  }
}

/** Integers of at most 53 bits: the low 32 bits of all differences, then the others. */
function fillFromIntegers(values: Float64Array, base: number, planes: Planes, length: number): void {
  assert(length <= bits.length, () => `a commit holds at most ${bits.length} events, not ${length}`);
  for (let i = 0; i < length; i++) bits[i] = values[i]! - base;
  fillFromInt32(bits, 0, planes.slice(0, 4), length);
  if (planes.length <= 4) return;
  for (let i = 0; i < length; i++) bits[i] = (values[i]! - base) / HIGH;
  fillFromInt32(bits, 0, planes.slice(4), length);
}

/** Differences above 53 bits, which only a column with both huge and hugely negative values has. */
function fillExactly(values: Float64Array, min: number, planes: Planes, length: number): void {
  const base = BigInt(min);
  for (let i = 0; i < length; i++) {
    let rest = BigInt(values[i]!) - base;
    for (const plane of planes) {
      plane[i] = Number(rest & 255n);
      rest >>= 8n;
    }
  }
}
