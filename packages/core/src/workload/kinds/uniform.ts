import type { Prng } from "../../prng/index.ts";
import type { ValuesOf } from "../../reading/object.ts";
import type { AccessBuffer } from "../access-stream.ts";
import { CountedStream } from "../streams/counted-stream.ts";
import { unbiasedLimit } from "../streams/unbiased-limit.ts";
import { drawKind, writeThreshold } from "../streams/write-threshold.ts";
import { simpleKind } from "../workload-kind.ts";
import { shared } from "./fields.ts";

const fields = { ...shared.extent, accesses: shared.accesses, writeRatio: shared.writeRatio };
type Uniform = ValuesOf<typeof fields>;

class UniformStream extends CountedStream {
  private readonly workload: Uniform;
  private readonly prng: Prng;
  private readonly threshold: number;
  private readonly limit: number;

  constructor(workload: Uniform, prng: Prng) {
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

export const uniform = simpleKind({
  description: "Every page equally likely, independently.",
  fields,
  createStream: (workload, _sources, { accesses }) => new UniformStream(workload, accesses),
  countAccesses: (workload) => workload.accesses,
  seededPart: () => "pages",
  countPages: ({ firstPage, pages }) => firstPage + pages,
});
