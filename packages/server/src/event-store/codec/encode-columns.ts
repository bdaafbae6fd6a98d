import { assert } from "@ballast/core/assert";
import type { EventBatch } from "@ballast/core/events";
import { COMMIT_COLUMNS, type EventColumn } from "../commit-columns.ts";
import { fillPlanes } from "./fill-planes.ts";
import { PlaneBuffers } from "./plane-buffers.ts";

/** The columns of a batch's events as a commit stores them. */
export type EncodedColumns = {
  /** Smallest value of each column, in the order of COMMIT_COLUMNS. */
  readonly bases: readonly number[];
  /** Bytes that the largest difference from it needs, in the same order. */
  readonly widths: readonly number[];
  /** The byte planes of all columns one after the other, lowest byte first, one byte for each event in each: see `listPlanes`. */
  readonly planes: Uint8Array<ArrayBuffer>;
};

type Range = { readonly min: number; readonly max: number };

/**
 * Each column as its smallest value and the differences from it, one byte plane for each byte that the largest
 * difference needs. The planes are to be given back to the buffers, if they are given.
 * @throws AssertionFailure for a value that is not an integer of 53 bits: Postgres would give it back changed.
 */
export function encodeColumns(batch: EventBatch, buffers = new PlaneBuffers()): EncodedColumns {
  const { length } = batch;
  const ranges = COMMIT_COLUMNS.map(({ field }) => rangeOf(batch[field], length));
  const widths = ranges.map(({ min, max }) => bytesFor(max - min));
  const planes = buffers.take(widths.reduce((sum, bytes) => sum + bytes, 0) * length);
  let offset = 0;
  COMMIT_COLUMNS.forEach(({ field }, index) => {
    const bytes = widths[index]! * length;
    fillPlanes(batch[field], ranges[index]!, planes.subarray(offset, offset + bytes), length);
    offset += bytes;
  });
  return { bases: ranges.map(({ min }) => min), widths, planes };
}

/** In the order of PLANE_NAMES where each plane begins, counted from 0; null for one that every value does without. */
export function planeOffsets(widths: readonly number[], length: number): (number | null)[] {
  let offset = 0;
  return COMMIT_COLUMNS.flatMap(({ maxBytes }, index) =>
    Array.from({ length: maxBytes }, (_, byte) => {
      if (byte >= widths[index]!) return null;
      offset += length;
      return offset - length;
    }),
  );
}

/** The planes in the order of PLANE_NAMES, as views; null for one that every value does without. */
export function listPlanes({ widths, planes }: Pick<EncodedColumns, "widths" | "planes">, length: number): (Uint8Array | null)[] {
  return planeOffsets(widths, length).map((offset) => (offset === null ? null : planes.subarray(offset, offset + length)));
}

/** One loop for each class of array: a loop that meets several is compiled for none. */
function rangeOf(values: EventColumn, length: number): Range {
  if (values instanceof Float64Array) return integerRange(values, length);
  return values instanceof Int32Array ? int32Range(values, length) : byteRange(values, length);
}

function int32Range(values: Int32Array, length: number): Range {
  let min = values[0] ?? 0;
  let max = min;
  for (let i = 1; i < length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

function byteRange(values: Uint8Array, length: number): Range {
  let min = values[0] ?? 0;
  let max = min;
  for (let i = 1; i < length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

function integerRange(values: Float64Array, length: number): Range {
  let min = values[0] ?? 0;
  let max = min;
  let areIntegers = true;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    // Not of NaN either.
    areIntegers = areIntegers && Math.floor(value) === value;
  }
  if (!areIntegers || !Number.isSafeInteger(min) || !Number.isSafeInteger(max)) refuse(values, length);
  // A negative zero would come back as zero.
  return { min: min + 0, max };
}

function refuse(values: Float64Array, length: number): void {
  const wrong = values.subarray(0, length).find((value) => !Number.isSafeInteger(value));
  assert(wrong === undefined, `event column value ${wrong} is not an integer of 53 bits`);
}

function bytesFor(range: number): number {
  let bytes = 0;
  for (let limit = 1; limit <= range; limit *= 256) bytes++;
  return bytes;
}
