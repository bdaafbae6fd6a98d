import type { Prng } from "../../prng/index.ts";
import type { AccessBuffer } from "../access-stream.ts";
import type { UniformWorkload } from "../workload.ts";
import { CountedStream } from "./counted-stream.ts";
import { drawKind, writeThreshold } from "./write-threshold.ts";

/** The first draw too high for an unbiased remainder: those from here on are drawn again. */
export function unbiasedLimit(bound: number): number {
  return 0x1_0000_0000 - (0x1_0000_0000 % bound);
}

export class UniformStream extends CountedStream {
  private readonly workload: UniformWorkload;
  private readonly prng: Prng;
  private readonly threshold: number;
  private readonly limit: number;

  constructor(workload: UniformWorkload, prng: Prng) {
    super(workload.accesses);
    this.workload = workload;
    this.prng = prng;
    this.threshold = writeThreshold(workload.writeRatio);
    this.limit = unbiasedLimit(workload.pages);
  }

  protected fillNext(buffer: AccessBuffer, count: number): void {
    const { firstPage, pages } = this.workload;
    const { limit, prng, threshold } = this;
    const { pages: numbers, kinds } = buffer;
    for (let i = 0; i < count; i++) {
      let draw = prng.nextUint32();
      while (draw >= limit) draw = prng.nextUint32();
      numbers[i] = firstPage + (draw % pages);
      kinds[i] = drawKind(threshold, prng);
    }
  }
}
