import { DistanceCounts, type MissRatioCurve } from "./miss-ratio-curve.ts";
import { StackDistances } from "./stack-distances.ts";

/** The miss ratio curve of exact LRU, from every access. */
export class ExactCurve {
  private readonly distances = new StackDistances();
  private readonly counts: DistanceCounts;

  constructor(stepPages: number, steps: number) {
    this.counts = new DistanceCounts(stepPages, steps);
  }

  touch(page: number): void {
    this.counts.add(this.distances.touch(page), 1);
  }

  curve(): MissRatioCurve {
    return this.counts.curve();
  }
}

/** The exact curve of a sequence of pages, for memory of `stepPages`, 2 `stepPages`, ..., `steps` * `stepPages` pages. */
export function exactMissRatioCurve(pages: Iterable<number>, stepPages: number, steps: number): MissRatioCurve {
  const exact = new ExactCurve(stepPages, steps);
  for (const page of pages) exact.touch(page);
  return exact.curve();
}
