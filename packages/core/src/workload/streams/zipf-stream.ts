import type { Prng } from "../../prng/index.ts";
import { type AliasTable, buildAliasTable } from "../alias-table.ts";
import type { AccessBuffer } from "../access-stream.ts";
import { power } from "../power.ts";
import type { ZipfWorkload } from "../workload.ts";
import { CountedStream } from "./counted-stream.ts";
import { unbiasedLimit } from "./uniform-stream.ts";
import { drawKind, writeThreshold } from "./write-threshold.ts";

function zipfWeights(pages: number, exponent: number): Float64Array {
  const weights = new Float64Array(pages);
  for (let rank = 1; rank <= pages; rank++) weights[rank - 1] = power(rank, -exponent);
  return weights;
}

export class ZipfStream extends CountedStream {
  private readonly workload: ZipfWorkload;
  private readonly prng: Prng;
  private readonly threshold: number;
  private readonly limit: number;
  private readonly table: AliasTable;

  constructor(workload: ZipfWorkload, prng: Prng) {
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
