import { assert } from "@ballast/core/assert";
import type { EventBatch } from "@ballast/core/events";
import type { Hash } from "node:crypto";
import { endianness } from "node:os";

assert(endianness() === "LE", "digests are made from little-endian memory; this machine is big-endian");

/** The events of one digest block as columns in canonical order. */
export class DigestBlock {
  length = 0;
  private readonly times: Float64Array;
  private readonly d: Float64Array;
  private readonly vms: Int32Array;
  private readonly processes: Int32Array;
  private readonly a: Int32Array;
  private readonly b: Int32Array;
  private readonly c: Int32Array;
  private readonly types: Uint8Array;
  private readonly decisions: Int32Array;

  constructor(capacity: number) {
    this.times = new Float64Array(capacity);
    this.d = new Float64Array(capacity);
    this.vms = new Int32Array(capacity);
    this.processes = new Int32Array(capacity);
    this.a = new Int32Array(capacity);
    this.b = new Int32Array(capacity);
    this.c = new Int32Array(capacity);
    this.types = new Uint8Array(capacity);
    this.decisions = new Int32Array(capacity);
  }

  /** Events that still fit. */
  get room(): number {
    return this.types.length - this.length;
  }

  add(batch: EventBatch, from: number, end: number): void {
    const at = this.length;
    addWithoutNegativeZero(this.times, at, batch.timesNs, from, end);
    addWithoutNegativeZero(this.d, at, batch.d, from, end);
    this.vms.set(batch.vms.subarray(from, end), at);
    this.processes.set(batch.processes.subarray(from, end), at);
    this.a.set(batch.a.subarray(from, end), at);
    this.b.set(batch.b.subarray(from, end), at);
    this.c.set(batch.c.subarray(from, end), at);
    this.types.set(batch.types.subarray(from, end), at);
    this.decisions.set(batch.decisions.subarray(from, end), at);
    this.length = at + end - from;
  }

  clear(): void {
    this.length = 0;
  }

  /** Whether any event names a decision. Those of catalogue version 1 name none, and keep their digests so. */
  get namesDecisions(): boolean {
    const { decisions, length } = this;
    for (let i = 0; i < length; i++) if (decisions[i] !== 0) return true;
    return false;
  }

  hashInto(hash: Hash, namesDecisions: boolean): void {
    const columns = namesDecisions ? this.columns() : this.columns().slice(0, -1);
    for (const column of columns) hash.update(column.subarray(0, this.length));
  }

  save(): Uint8Array {
    const parts = this.columns().map((column) => column.subarray(0, this.length));
    return Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)));
  }

  load(bytes: Uint8Array): void {
    const columns = this.columns();
    this.length = bytes.length / columns.reduce((sum, column) => sum + column.BYTES_PER_ELEMENT, 0);
    let offset = 0;
    for (const column of columns) {
      const size = this.length * column.BYTES_PER_ELEMENT;
      new Uint8Array(column.buffer).set(bytes.subarray(offset, offset + size));
      offset += size;
    }
  }

  private columns(): (Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>)[] {
    const { times, d, vms, processes, a, b, c, types, decisions } = this;
    return [times, d, vms, processes, a, b, c, types, decisions] as never;
  }
}

/** Postgres gives a negative zero back as zero. */
function addWithoutNegativeZero(to: Float64Array, at: number, values: Float64Array, from: number, end: number): void {
  for (let i = from; i < end; i++) to[at + i - from] = values[i]! + 0;
}
