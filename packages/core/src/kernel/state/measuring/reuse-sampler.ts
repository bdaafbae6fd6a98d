import type { MissRatioCurve } from "../../../policy/index.ts";
import { ShardsCurve, type ShardsState } from "../../../reuse/index.ts";
import type { ReuseSamplingSpec } from "../../../scenario/index.ts";

/**
 * A VM's miss ratio curve from the accesses to some of its real pages, chosen by a hash: SHARDS. The hypervisor sees real
 * pages and no others, so that it is their reuse that is measured: where the guest pages, a real page holds one page of
 * a process after another. It does not know how many accesses there are in all, so that there is nothing to adjust to.
 */
export class ReuseSampler {
  private readonly shards: ShardsCurve;

  constructor({ rate, maxPages, steps }: ReuseSamplingSpec, configuredPages: number, salt: number) {
    const stepPages = Math.max(1, Math.ceil(configuredPages / steps));
    const points = Math.ceil(configuredPages / stepPages);
    this.shards = new ShardsCurve({ rate, stepPages, steps: points, salt, ...(maxPages === null ? {} : { maxPages }) });
  }

  /** Whether each access to a real page is to trap. */
  watches(page: number): boolean {
    return this.shards.isSampled(page);
  }

  touch(page: number): void {
    this.shards.touch(page);
  }

  get curve(): MissRatioCurve {
    return this.shards.curve();
  }

  save(): ShardsState {
    return this.shards.save();
  }

  load(state: ShardsState): void {
    this.shards.load(state);
  }
}
