import type { Prng } from "../../prng/index.ts";
import type { AccessBuffer } from "../access-stream.ts";
import { CountedStream } from "./counted-stream.ts";
import { fillKinds, writeThreshold } from "./write-threshold.ts";

export type Scan = {
  readonly firstPage: number;
  readonly pages: number;
  readonly accesses: number;
  readonly writeRatio: number;
};

/** Pages in ascending order, from the first again after the last: `sequential` is one round, `cyclic` many. */
export class ScanStream extends CountedStream {
  private readonly scan: Scan;
  private readonly prng: Prng;
  private readonly threshold: number;

  constructor(scan: Scan, prng: Prng) {
    super(scan.accesses);
    this.scan = scan;
    this.prng = prng;
    this.threshold = writeThreshold(scan.writeRatio);
  }

  protected fillNext(buffer: AccessBuffer, count: number): void {
    for (let filled = 0; filled < count;) filled = this.fillRow(buffer.pages, filled, count);
    fillKinds(buffer, count, this.threshold, this.prng);
  }

  /** Up to the end of the extent or of the buffer; returns how far the buffer is filled. */
  private fillRow(pages: Int32Array, start: number, count: number): number {
    const offset = (this.done + start) % this.scan.pages;
    const end = Math.min(count, start + this.scan.pages - offset);
    const difference = this.scan.firstPage + offset - start;
    for (let i = start; i < end; i++) pages[i] = i + difference;
    return end;
  }
}
