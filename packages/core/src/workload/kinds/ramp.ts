import type { Prng } from "../../prng/index.ts";
import { required, type ValuesOf } from "../../reading/object.ts";
import type { AccessBuffer } from "../access-stream.ts";
import { CountedStream } from "../streams/counted-stream.ts";
import { unbiasedLimit } from "../streams/unbiased-limit.ts";
import { drawKind, writeThreshold } from "../streams/write-threshold.ts";
import { simpleKind } from "../workload-kind.ts";
import { shared, somePages } from "./fields.ts";

const fields = {
  firstPage: shared.firstPage,
  fromPages: required(somePages, "Pages in use at the first access."),
  toPages: required(somePages, "Pages in use at the last access."),
  accesses: shared.accesses,
  writeRatio: shared.writeRatio,
};
type Ramp = ValuesOf<typeof fields>;

/** Pages in use at access `index` (from 0): `fromPages` at the first, `toPages` at the last, whole pages between. */
export function rampPages(workload: Pick<Ramp, "fromPages" | "toPages" | "accesses">, index: number): number {
  const { fromPages, toPages, accesses } = workload;
  if (accesses === 1) return fromPages;
  return fromPages + Math.trunc(((toPages - fromPages) * index) / (accesses - 1));
}

class RampStream extends CountedStream {
  private readonly workload: Ramp;
  private readonly prng: Prng;
  private readonly threshold: number;

  constructor(workload: Ramp, prng: Prng) {
    super(workload.accesses);
    this.workload = workload;
    this.prng = prng;
    this.threshold = writeThreshold(workload.writeRatio);
  }

  protected fillNext(buffer: AccessBuffer, count: number): void {
    const first = this.workload.firstPage;
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
      numbers[i] = first + (draw % pages);
      kinds[i] = drawKind(threshold, prng);
    }
  }
}

export const ramp = simpleKind({
  description: "Uniform over a number of pages that changes linearly from `fromPages` to `toPages`.",
  fields,
  createStream: (workload, _sources, { accesses }) => new RampStream(workload, accesses),
  countAccesses: (workload) => workload.accesses,
  seededPart: () => "pages",
  countPages: (workload) => workload.firstPage + Math.max(workload.fromPages, workload.toPages),
});
