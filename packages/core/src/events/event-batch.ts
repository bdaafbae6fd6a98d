/**
 * Events as columns, one typed array per field, in the order of their positions. This is the only form in which events
 * are made, stored and read; an object per event exists only where one is shown (see `event-view.ts`).
 *
 * Columns: type (code), timeNs (simulated time at which the causing access or tick began; never decreases),
 * vm and process (0: none), a, b, c (32 bits, signed), d (integer, 53 bits), decision (number of the policy's decision that
 * the event goes back to; 0: of none, or in a run of catalogue version 1 unknown). What a..d mean is in the catalogue.
 */
export class EventBatch {
  /** Position of the first event, from 1. */
  firstPosition: number;
  length = 0;
  /** Number of the first of `texts`; texts are numbered from 1 within a run. */
  firstTextId: number;
  /** Texts that events of this batch are the first to use, by ascending id. */
  texts: string[] = [];
  types: Uint8Array;
  timesNs: Float64Array;
  vms: Int32Array;
  processes: Int32Array;
  a: Int32Array;
  b: Int32Array;
  c: Int32Array;
  d: Float64Array;
  decisions: Int32Array;

  constructor(firstPosition: number, capacity: number, firstTextId = 1) {
    this.firstPosition = firstPosition;
    this.firstTextId = firstTextId;
    this.types = new Uint8Array(capacity);
    this.timesNs = new Float64Array(capacity);
    this.vms = new Int32Array(capacity);
    this.processes = new Int32Array(capacity);
    this.a = new Int32Array(capacity);
    this.b = new Int32Array(capacity);
    this.c = new Int32Array(capacity);
    this.d = new Float64Array(capacity);
    this.decisions = new Int32Array(capacity);
  }

  get lastPosition(): number {
    return this.firstPosition + this.length - 1;
  }

  get capacity(): number {
    return this.types.length;
  }

  /** Appends an event as its columns are stored; `writeEvent` does it by the event type. */
  append(type: number, timeNs: number, vm: number, process: number, a: number, b: number, c: number, d: number, decision = 0): void {
    const i = this.length;
    if (i === this.types.length) this.grow();
    this.types[i] = type;
    this.timesNs[i] = timeNs;
    this.vms[i] = vm;
    this.processes[i] = process;
    this.a[i] = a;
    this.b[i] = b;
    this.c[i] = c;
    this.d[i] = d;
    this.decisions[i] = decision;
    this.length = i + 1;
  }

  /** The events [from, end) of this batch as views on the same memory; texts go with the slice that begins the batch. */
  slice(from: number, end: number): this {
    const part = new EventBatch(this.firstPosition + from, 0, this.firstTextId);
    part.length = end - from;
    if (from === 0) part.texts = this.texts;
    else part.firstTextId = this.firstTextId + this.texts.length;
    part.types = this.types.subarray(from, end);
    part.timesNs = this.timesNs.subarray(from, end);
    part.vms = this.vms.subarray(from, end);
    part.processes = this.processes.subarray(from, end);
    part.a = this.a.subarray(from, end);
    part.b = this.b.subarray(from, end);
    part.c = this.c.subarray(from, end);
    part.d = this.d.subarray(from, end);
    part.decisions = this.decisions.subarray(from, end);
    return part as this;
  }

  private grow(): void {
    const larger = new EventBatch(0, Math.max(1024, this.types.length * 2));
    larger.types.set(this.types);
    larger.timesNs.set(this.timesNs);
    larger.vms.set(this.vms);
    larger.processes.set(this.processes);
    larger.a.set(this.a);
    larger.b.set(this.b);
    larger.c.set(this.c);
    larger.d.set(this.d);
    larger.decisions.set(this.decisions);
    this.types = larger.types;
    this.timesNs = larger.timesNs;
    this.vms = larger.vms;
    this.processes = larger.processes;
    this.a = larger.a;
    this.b = larger.b;
    this.c = larger.c;
    this.d = larger.d;
    this.decisions = larger.decisions;
  }
}
