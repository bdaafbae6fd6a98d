import type { Prng } from "../../prng/index.ts";
import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import type { StreamPart } from "./stream-part.ts";
import { fillKinds, writeThreshold } from "./write-threshold.ts";

export type Scan = {
  readonly firstPage: number;
  readonly pages: number;
  readonly accesses: number;
  readonly writeRatio: number;
};

/** Pages in ascending order, from the first again after the last: `sequential` is one round, `cyclic` many. */
export class ScanStream implements StreamPart {
  readonly idleNs = 0;
  private readonly scan: Scan;
  private readonly prng: Prng;
  private readonly threshold: number;
  private done = 0;
  private offset = 0;

  constructor(scan: Scan, prng: Prng) {
    this.scan = scan;
    this.prng = prng;
    this.threshold = writeThreshold(scan.writeRatio);
  }

  fill(buffer: AccessBuffer): number {
    const count = Math.min(buffer.pages.length, this.scan.accesses - this.done);
    if (count <= 0) return STREAM_ENDED;
    for (let filled = 0; filled < count;) filled = this.fillRow(buffer.pages, filled, count);
    fillKinds(buffer, count, this.threshold, this.prng);
    this.done += count;
    return count;
  }

  /** Up to the end of the extent or of the buffer; returns how far the buffer is filled. */
  private fillRow(pages: Int32Array, start: number, count: number): number {
    const end = Math.min(count, start + this.scan.pages - this.offset);
    const difference = this.scan.firstPage + this.offset - start;
    for (let i = start; i < end; i++) pages[i] = i + difference;
    this.offset += end - start;
    if (this.offset === this.scan.pages) this.offset = 0;
    return end;
  }

  restart(): void {
    this.done = 0;
    this.offset = 0;
  }

  save(): readonly number[] {
    return [this.done];
  }

  load(saved: readonly number[]): void {
    this.done = saved[0] ?? 0;
    this.offset = this.done % this.scan.pages;
  }
}
