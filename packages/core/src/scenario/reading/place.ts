import type { Problem } from "../../errors/index.ts";

/** More problems than anyone mends in one go are counted, not told. */
const MOST_TOLD = 100;

/** Where in an input a reader is, and the list that it reports to. */
export class Place {
  /** JSON pointer (RFC 6901), "" for the whole input. */
  readonly path: string;
  private readonly reported: Problem[];

  private constructor(path: string, reported: Problem[]) {
    this.path = path;
    this.reported = reported;
  }

  static root(): Place {
    return new Place("", []);
  }

  child(key: string | number): Place {
    const escaped = String(key).replaceAll("~", "~0").replaceAll("/", "~1");
    return new Place(`${this.path}/${escaped}`, this.reported);
  }

  /** `message` completes a sentence that begins with the path: "must be ...", "is not ...". */
  report(message: string): void {
    this.reported.push({ path: this.path, message });
  }

  /** Problems reported so far, anywhere in the input. */
  get problemCount(): number {
    return this.reported.length;
  }

  get problems(): readonly Problem[] {
    if (this.reported.length <= MOST_TOLD) return this.reported;
    const rest = this.reported.length - MOST_TOLD;
    return [...this.reported.slice(0, MOST_TOLD), { path: "", message: `has ${rest} more problems` }];
  }
}
