/** One thing that is wrong with an input. `path` is a JSON pointer, "" for the whole. */
export type Problem = { readonly path: string; readonly message: string };

/** More problems than anyone mends in one go are counted, not told. */
const MOST_TOLD = 100;
/** Keys of an input may have any length; a path longer than this is cut. */
const LONGEST_PATH = 300;

/**
 * What is wrong with one input. Past the first hundred, problems are only counted: neither their paths nor their messages
 * are made, so that an input with any number of them is refused as quickly as it was read.
 */
export class ProblemList {
  readonly #told: Problem[] = [];
  #count = 0;

  /** `path`: JSON pointer, "" for the whole. `message` completes a sentence that begins with it: "must be ...". */
  add(path: string, message: string | (() => string)): void {
    if (this.#count++ >= MOST_TOLD) return;
    const shown = path.length <= LONGEST_PATH ? path : `${path.slice(0, LONGEST_PATH)}...`;
    this.#told.push({ path: shown, message: typeof message === "string" ? message : message() });
  }

  /** Problems added so far, told or not. */
  get count(): number {
    return this.#count;
  }

  get problems(): readonly Problem[] {
    const rest = this.#count - this.#told.length;
    return rest === 0 ? this.#told : [...this.#told, { path: "", message: `has ${rest} more problems` }];
  }
}
