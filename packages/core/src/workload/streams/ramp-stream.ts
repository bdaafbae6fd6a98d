import type { Prng } from "../../prng/index.ts";
import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import type { RampWorkload } from "../workload.ts";
import type { StreamPart } from "./stream-part.ts";
import { unbiasedLimit } from "./uniform-stream.ts";
import { drawKind, writeThreshold } from "./write-threshold.ts";

/** Pages in use at access `index` (from 0): `fromPages` at the first, `toPages` at the last, whole pages between. */
export function rampPages(workload: RampWorkload, index: number): number {
  const { fromPages, toPages, accesses } = workload;
  if (accesses === 1) return fromPages;
  return fromPages + Math.trunc(((toPages - fromPages) * index) / (accesses - 1));
}

export class RampStream implements StreamPart {
  readonly idleNs = 0;
  private readonly workload: RampWorkload;
  private readonly prng: Prng;
  private readonly threshold: number;
  private done = 0;

  constructor(workload: RampWorkload, prng: Prng) {
    this.workload = workload;
    this.prng = prng;
    this.threshold = writeThreshold(workload.writeRatio);
  }

  fill(buffer: AccessBuffer): number {
    const { firstPage, accesses } = this.workload;
    const count = Math.min(buffer.pages.length, accesses - this.done);
    if (count <= 0) return STREAM_ENDED;
    const { prng, threshold, workload } = this;
    const { pages: numbers, kinds } = buffer;
    let pages = rampPages(workload, this.done);
    let limit = unbiasedLimit(pages);
    for (let i = 0; i < count; i++) {
      const now = rampPages(workload, this.done + i);
      if (now !== pages) {
        pages = now;
        limit = unbiasedLimit(pages);
      }
      let draw = prng.nextUint32();
      while (draw >= limit) draw = prng.nextUint32();
      numbers[i] = firstPage + (draw % pages);
      kinds[i] = drawKind(threshold, prng);
    }
    this.done += count;
    return count;
  }

  restart(): void {
    this.done = 0;
  }

  save(): readonly number[] {
    return [this.done];
  }

  load(saved: readonly number[]): void {
    this.done = saved[0] ?? 0;
  }
}
