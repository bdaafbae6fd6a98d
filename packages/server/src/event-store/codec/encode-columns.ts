import { assert } from "@ballast/core/assert";
import type { EventBatch } from "@ballast/core/events";
import { COMMIT_COLUMNS, type EventColumn } from "../commit-columns.ts";

export type EncodedColumns = {
  readonly bases: number[];
  readonly planes: (Uint8Array<ArrayBuffer> | null)[];
};

type Plan = { values: EventColumn; base: number; bytes: number; maxBytes: number; range: number };

/**
 * Each column as its smallest value and the differences from it, one byte plane for each byte that the largest
 * difference needs. All planes lie in one buffer.
 */
export function encodeColumns(batch: EventBatch): EncodedColumns {
  const plans = COMMIT_COLUMNS.map((column) => planColumn(batch[column.field], batch.length, column.maxBytes));
  const buffer = new ArrayBuffer(plans.reduce((bytes, plan) => bytes + plan.bytes * batch.length, 0));
  const planes: (Uint8Array<ArrayBuffer> | null)[] = [];
  let offset = 0;
  for (const plan of plans) {
    const own = Array.from({ length: plan.bytes }, (_, byte) => {
      return new Uint8Array(buffer, offset + byte * batch.length, batch.length);
    });
    offset += plan.bytes * batch.length;
    fillPlanes(plan, own, batch.length);
    planes.push(...own, ...new Array<null>(plan.maxBytes - plan.bytes).fill(null));
  }
  return { bases: plans.map((plan) => plan.base), planes };
}

function planColumn(values: EventColumn, length: number, maxBytes: number): Plan {
  let min = values[0] ?? 0;
  let max = min;
  for (let i = 1; i < length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  if (values instanceof Float64Array) requireIntegers(values, length);
  const range = max - min;
  return { values, base: min + 0, bytes: bytesFor(range), maxBytes, range };
}

/** Postgres holds integers: a fraction would come back changed. */
function requireIntegers(values: Float64Array, length: number): void {
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    assert(Number.isSafeInteger(value), () => `event column value ${value} is not an integer of 53 bits`);
  }
}

function bytesFor(range: number): number {
  let bytes = 0;
  for (let limit = 1; limit <= range; limit *= 256) bytes++;
  return bytes;
}

function fillPlanes(plan: Plan, planes: readonly Uint8Array[], length: number): void {
  if (plan.range > Number.MAX_SAFE_INTEGER) return fillExactly(plan, planes, length);
  if (plan.bytes <= 4) return fillNarrow(plan.values, plan.base, planes, length);
  fillWide(plan, planes, length);
}

/** Differences below 2^32: their low 32 bits are all there is. One pass per plane keeps every loop simple. */
function fillNarrow(values: EventColumn, base: number, planes: readonly Uint8Array[], length: number): void {
  planes.forEach((plane, byte) => {
    const shift = byte * 8;
    if (values instanceof Float64Array) for (let i = 0; i < length; i++) plane[i] = (values[i]! - base) >>> shift;
    else if (values instanceof Int32Array) for (let i = 0; i < length; i++) plane[i] = (values[i]! - base) >>> shift;
    else for (let i = 0; i < length; i++) plane[i] = values[i]! - base;
  });
}

const HIGH = 2 ** 32;

function fillWide(plan: Plan, planes: readonly Uint8Array[], length: number): void {
  const { values, base } = plan;
  planes.forEach((plane, byte) => {
    const shift = (byte % 4) * 8;
    const unit = byte < 4 ? 1 : HIGH;
    for (let i = 0; i < length; i++) plane[i] = Math.floor((values[i]! - base) / unit) >>> shift;
  });
}

/** Differences above 53 bits, which only a column with both huge and hugely negative values has. */
function fillExactly(plan: Plan, planes: readonly Uint8Array[], length: number): void {
  const base = BigInt(plan.base);
  for (let i = 0; i < length; i++) {
    let rest = BigInt(plan.values[i]!) - base;
    for (const plane of planes) {
      plane[i] = Number(rest & 255n);
      rest >>= 8n;
    }
  }
}
