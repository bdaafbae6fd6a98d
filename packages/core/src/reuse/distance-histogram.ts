import { assert } from "../assert/index.ts";
import type { MissRatioCurve } from "./miss-ratio-curve.ts";
import { FIRST_TOUCH } from "./stack-distances.ts";

const MIN_DISTANCES = 1024;

/** How many accesses had which reuse distance, each distance for itself: the misses of exact LRU at every size. */
export class DistanceHistogram {
  /** By distance; first touches at 0. */
  #counts = new Float64Array(MIN_DISTANCES);

  /** Notes one access of a reuse distance from 1, or FIRST_TOUCH. */
  add(distance: number): void {
    const at = distance === FIRST_TOUCH ? 0 : distance;
    if (at >= this.#counts.length) this.#growTo(at + 1);
    this.#counts[at]++;
  }

  /** Accesses that were noted. */
  get accesses(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** The misses with each of these numbers of frames, none of them below 0. */
  misses(frames: readonly number[]): number[] {
    const upTo = this.#hitsUpTo();
    const { accesses } = this;
    return frames.map((count) => {
      assert(count >= 0, () => `${count} frames are less than none`);
      return accesses - upTo[Math.min(count, upTo.length - 1)];
    });
  }

  /** The curve for memory of `stepPages`, 2 `stepPages`, ..., `steps` * `stepPages` pages. */
  curve(stepPages: number, steps: number): MissRatioCurve {
    const { accesses } = this;
    const misses = this.misses(Array.from({ length: steps }, (_, step) => (step + 1) * stepPages));
    return { stepPages, missRatios: misses.map((count) => (accesses === 0 ? 0 : count / accesses)), accesses };
  }

  /** By distance: the accesses of this distance or a smaller one, without first touches. */
  #hitsUpTo(): Float64Array {
    const upTo = this.#counts.slice();
    upTo[0] = 0;
    for (let distance = 1; distance < upTo.length; distance++) upTo[distance] += upTo[distance - 1];
    return upTo;
  }

  #growTo(distances: number): void {
    const larger = new Float64Array(Math.max(distances, 2 * this.#counts.length));
    larger.set(this.#counts);
    this.#counts = larger;
  }
}
