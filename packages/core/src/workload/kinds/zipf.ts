import type { Prng } from "../../prng/index.ts";
import { defaulted, type ValuesOf } from "../../reading/object.ts";
import { real } from "../../reading/scalars.ts";
import { type AliasTable, buildAliasTable } from "../alias-table.ts";
import type { AccessBuffer } from "../access-stream.ts";
import { power } from "../power.ts";
import { CountedStream } from "../streams/counted-stream.ts";
import { unbiasedLimit } from "../streams/unbiased-limit.ts";
import { drawKind, writeThreshold } from "../streams/write-threshold.ts";
import { simpleKind } from "../workload-kind.ts";
import { shared } from "./fields.ts";

const fields = {
  ...shared.extent,
  accesses: shared.accesses,
  exponent: defaulted(
    real({ minimum: 0, maximum: 10 }),
    "How much the first pages are preferred; 0 is uniform. Default: 0.99 (published: YCSB's).",
    0.99,
  ),
  writeRatio: shared.writeRatio,
};
type Zipf = ValuesOf<typeof fields>;

function zipfWeights(pages: number, exponent: number): Float64Array {
  const weights = new Float64Array(pages);
  for (let rank = 1; rank <= pages; rank++) weights[rank - 1] = power(rank, -exponent);
  return weights;
}

class ZipfStream extends CountedStream {
  private readonly workload: Zipf;
  private readonly prng: Prng;
  private readonly threshold: number;
  private readonly limit: number;
  private readonly table: AliasTable;

  constructor(workload: Zipf, prng: Prng) {
    super(workload.accesses);
    this.workload = workload;
    this.prng = prng;
    this.threshold = writeThreshold(workload.writeRatio);
    this.limit = unbiasedLimit(workload.pages);
    this.table = buildAliasTable(zipfWeights(workload.pages, workload.exponent));
  }

  protected fillNext(buffer: AccessBuffer, count: number): void {
    const { firstPage, pages } = this.workload;
    const { limit, prng, table, threshold } = this;
    const { pages: numbers, kinds } = buffer;
    for (let i = 0; i < count; i++) {
      let draw = prng.nextUint32();
      while (draw >= limit) draw = prng.nextUint32();
      const column = draw % pages;
      const offset = prng.nextUint32() < table[2 * column] ? column : table[2 * column + 1];
      numbers[i] = firstPage + offset;
      kinds[i] = drawKind(threshold, prng);
    }
  }
}

/** The rank, from 1, is the distance from `firstPage`, plus 1. */
export const zipf = simpleKind({
  description: "The page of rank r with probability proportional to r^-`exponent`; the first page has rank 1.",
  fields,
  createStream: (workload, _sources, { accesses }) => new ZipfStream(workload, accesses),
  countAccesses: (workload) => workload.accesses,
  seededPart: () => "pages",
  countPages: ({ firstPage, pages }) => firstPage + pages,
});
