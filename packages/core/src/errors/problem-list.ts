/** One thing that is wrong with an input. `path` is a JSON pointer, "" for the whole. */
export type Problem = { readonly path: string; readonly message: string };

/** Problems beyond this number are counted, not listed. */
const MAX_REPORTED = 100;
/** Keys of an input may have any length; a path longer than this is cut. */
const MAX_PATH_LENGTH = 300;

/**
 * What is wrong with one input. Past the first hundred, problems are only counted: neither their paths nor their messages
 * are made, so that an input with any number of them is refused as quickly as it was read.
 */
export class ProblemList {
  readonly #reported: Problem[] = [];
  #count = 0;

  /** `path`: JSON pointer, "" for the whole. `message` completes a sentence that begins with it: "must be ...". */
  add(path: string, message: string | (() => string)): void {
    if (this.#count++ >= MAX_REPORTED) return;
    const shown = path.length <= MAX_PATH_LENGTH ? path : `${path.slice(0, MAX_PATH_LENGTH)}...`;
    this.#reported.push({ path: shown, message: typeof message === "string" ? message : message() });
  }

  /** Problems added so far, told or not. */
  get count(): number {
    return this.#count;
  }

  get problems(): readonly Problem[] {
    const rest = this.#count - this.#reported.length;
    return rest === 0 ? this.#reported : [...this.#reported, { path: "", message: `has ${rest} more problems` }];
  }
}
