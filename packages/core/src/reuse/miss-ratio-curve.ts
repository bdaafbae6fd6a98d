import { FIRST_TOUCH } from "./stack-distances.ts";

/** Fraction of accesses that would miss at a memory size: `missRatios[i]` is for (i + 1) * stepPages pages. */
export type MissRatioCurve = {
  readonly stepPages: number;
  /** Falling or level, each 0 to 1. */
  readonly missRatios: readonly number[];
  /** Accesses that the curve stands for. */
  readonly accesses: number;
};

/** How many accesses had which reuse distance, in steps of as many pages as the curve drawn from it has. */
export class DistanceCounts {
  readonly stepPages: number;
  /** Per step, accesses; the last entry is of distances beyond all steps and of first touches. */
  private readonly counts: Float64Array;

  constructor(stepPages: number, steps: number) {
    this.stepPages = stepPages;
    this.counts = new Float64Array(steps + 1);
  }

  /** Notes accesses of one reuse distance, which may be a fraction, or FIRST_TOUCH. */
  add(distance: number, accesses: number): void {
    const beyond = this.counts.length - 1;
    const step = distance === FIRST_TOUCH ? beyond : Math.ceil(distance / this.stepPages) - 1;
    this.counts[Math.min(step, beyond)] += accesses;
  }

  /**
   * The curve. If `accesses` tells how many there were in truth, the difference to those counted is taken to be of the
   * smallest distances: SHARDS-adj, for what a sample has too many or too few are a few pages touched very often.
   */
  curve(accesses?: number): MissRatioCurve {
    const { counts } = this;
    const missRatios = new Array<number>(counts.length - 1).fill(0);
    let misses = counts[counts.length - 1];
    for (let step = counts.length - 2; step >= 0; step--) {
      missRatios[step] = misses;
      misses += counts[step];
    }
    const total = accesses ?? misses;
    for (let step = 0; step < missRatios.length; step++) {
      missRatios[step] = total <= 0 ? 0 : Math.min(1, missRatios[step] / total);
    }
    return { stepPages: this.stepPages, missRatios, accesses: total };
  }

  save(): Float64Array {
    return this.counts.slice();
  }

  load(counts: Float64Array): void {
    this.counts.set(counts);
  }
}
