import type { Prng } from "../../prng/index.ts";
import type { AccessBuffer } from "../access-stream.ts";
import type { RampWorkload } from "../workload.ts";
import { CountedStream } from "./counted-stream.ts";
import { unbiasedLimit } from "./uniform-stream.ts";
import { drawKind, writeThreshold } from "./write-threshold.ts";

/** Pages in use at access `index` (from 0): `fromPages` at the first, `toPages` at the last, whole pages between. */
export function rampPages(workload: RampWorkload, index: number): number {
  const { fromPages, toPages, accesses } = workload;
  if (accesses === 1) return fromPages;
  return fromPages + Math.trunc(((toPages - fromPages) * index) / (accesses - 1));
}

export class RampStream extends CountedStream {
  private readonly workload: RampWorkload;
  private readonly prng: Prng;
  private readonly threshold: number;

  constructor(workload: RampWorkload, prng: Prng) {
    super(workload.accesses);
    this.workload = workload;
    this.prng = prng;
    this.threshold = writeThreshold(workload.writeRatio);
  }

  protected fillNext(buffer: AccessBuffer, count: number): void {
    const { firstPage } = this.workload;
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
  }
}
