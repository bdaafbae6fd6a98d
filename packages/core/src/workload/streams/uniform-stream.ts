import type { Prng } from "../../prng/index.ts";
import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import type { UniformWorkload } from "../workload.ts";
import type { StreamPart } from "./stream-part.ts";
import { drawKind, writeThreshold } from "./write-threshold.ts";

/** The first draw too high for an unbiased remainder: those from here on are drawn again. */
export function unbiasedLimit(bound: number): number {
  return 0x1_0000_0000 - (0x1_0000_0000 % bound);
}

export class UniformStream implements StreamPart {
  readonly idleNs = 0;
  private readonly workload: UniformWorkload;
  private readonly prng: Prng;
  private readonly threshold: number;
  private readonly limit: number;
  private done = 0;

  constructor(workload: UniformWorkload, prng: Prng) {
    this.workload = workload;
    this.prng = prng;
    this.threshold = writeThreshold(workload.writeRatio);
    this.limit = unbiasedLimit(workload.pages);
  }

  fill(buffer: AccessBuffer): number {
    const { firstPage, pages, accesses } = this.workload;
    const count = Math.min(buffer.pages.length, accesses - this.done);
    if (count <= 0) return STREAM_ENDED;
    const { limit, prng, threshold } = this;
    const { pages: numbers, kinds } = buffer;
    for (let i = 0; i < count; i++) {
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
