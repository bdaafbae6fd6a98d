import { DistanceHistogram } from "./distance-histogram.ts";
import type { MissRatioCurve } from "./miss-ratio-curve.ts";
import { StackDistances } from "./stack-distances.ts";

/** The miss ratio curve of exact LRU, from every access. */
export class ExactCurve {
  readonly #distances = new StackDistances();
  readonly #histogram = new DistanceHistogram();
  readonly #stepPages: number;
  readonly #steps: number;

  constructor(stepPages: number, steps: number) {
    this.#stepPages = stepPages;
    this.#steps = steps;
  }

  touch(page: number): void {
    this.#histogram.add(this.#distances.touch(page));
  }

  curve(): MissRatioCurve {
    return this.#histogram.curve(this.#stepPages, this.#steps);
  }
}

/** The exact curve of a sequence of pages, for memory of `stepPages`, 2 `stepPages`, ..., `steps` * `stepPages` pages. */
export function exactMissRatioCurve(pages: Iterable<number>, stepPages: number, steps: number): MissRatioCurve {
  const exact = new ExactCurve(stepPages, steps);
  for (const page of pages) exact.touch(page);
  return exact.curve();
}
