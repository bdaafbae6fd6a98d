import { type Problem, ProblemList } from "../errors/index.ts";

/** Where in an input a reader is, and the list that it reports to. */
export class Place {
  /** JSON pointer (RFC 6901), "" for the whole input. */
  readonly path: string;
  readonly #reported: ProblemList;

  private constructor(path: string, reported: ProblemList) {
    this.path = path;
    this.#reported = reported;
  }

  static root(): Place {
    return new Place("", new ProblemList());
  }

  child(key: string | number): Place {
    const escaped = String(key).replaceAll("~", "~0").replaceAll("/", "~1");
    return new Place(`${this.path}/${escaped}`, this.#reported);
  }

  descendant(path: readonly (string | number)[]): Place {
    return path.reduce((place: Place, key) => place.child(key), this);
  }

  /** `message` completes a sentence that begins with the path: "must be ...", "is not ...". A dear one is given as a function. */
  report(message: string | (() => string)): void {
    this.#reported.add(this.path, message);
  }

  /** Problems reported so far, anywhere in the input. */
  get problemCount(): number {
    return this.#reported.count;
  }

  get problems(): readonly Problem[] {
    return this.#reported.problems;
  }
}
