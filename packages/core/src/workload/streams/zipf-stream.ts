import type { Prng } from "../../prng/index.ts";
import { type AliasTable, buildAliasTable } from "../alias-table.ts";
import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import { power } from "../power.ts";
import type { ZipfWorkload } from "../workload.ts";
import type { StreamPart } from "./stream-part.ts";
import { unbiasedLimit } from "./uniform-stream.ts";
import { drawKind, writeThreshold } from "./write-threshold.ts";

function zipfWeights(pages: number, exponent: number): Float64Array {
  const weights = new Float64Array(pages);
  for (let rank = 1; rank <= pages; rank++) weights[rank - 1] = power(rank, -exponent);
  return weights;
}

export class ZipfStream implements StreamPart {
  readonly idleNs = 0;
  private readonly workload: ZipfWorkload;
  private readonly prng: Prng;
  private readonly threshold: number;
  private readonly limit: number;
  private readonly table: AliasTable;
  private done = 0;

  constructor(workload: ZipfWorkload, prng: Prng) {
    this.workload = workload;
    this.prng = prng;
    this.threshold = writeThreshold(workload.writeRatio);
    this.limit = unbiasedLimit(workload.pages);
    this.table = buildAliasTable(zipfWeights(workload.pages, workload.exponent));
  }

  fill(buffer: AccessBuffer): number {
    const { firstPage, pages, accesses } = this.workload;
    const count = Math.min(buffer.pages.length, accesses - this.done);
    if (count <= 0) return STREAM_ENDED;
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
