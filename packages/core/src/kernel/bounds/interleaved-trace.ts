/** Pages of which the last few are remembered, so that returns to one of them may be left out of a long trace. */
const REMEMBERED_PAGES = 8;

const FIRST_ROOM = 65_536;

/**
 * The pages that a machine accessed, one after the other, as a bound on faults needs them. A page that was the last one
 * accessed cannot miss, so that the same one again is left out. When there are more than `maxPages`, so are returns to any
 * of the last eight pages, from the beginning on: leaving references out can only lower a bound.
 */
export class InterleavedTrace {
  private readonly maxPages: number;
  private readonly recent = new Int32Array(REMEMBERED_PAGES).fill(-1);
  private remembered = 1;
  private pages = new Int32Array(FIRST_ROOM);
  private count = 0;

  constructor(maxPages: number) {
    this.maxPages = maxPages;
  }

  /** Whether there are too many pages all the same; nothing more is kept then. */
  get isTooLong(): boolean {
    return this.count > this.maxPages;
  }

  /** What was kept, as a view. */
  get kept(): Int32Array {
    return this.pages.subarray(0, this.count);
  }

  add(page: number): void {
    if (this.isTooLong || this.isRecent(page)) return;
    if (this.count === this.pages.length) this.grow();
    this.pages[this.count++] = page;
    if (this.isTooLong && this.remembered === 1) this.leaveOutReturns();
  }

  /** Moves the page to the front of the last ones; whether it was among them. */
  private isRecent(page: number): boolean {
    const { recent, remembered } = this;
    if (recent[0] === page) return true;
    if (remembered === 1) {
      recent[0] = page;
      return false;
    }
    let at = 1;
    while (at < remembered && recent[at] !== page) at++;
    const wasThere = at < remembered;
    recent.copyWithin(1, 0, Math.min(at, remembered - 1));
    recent[0] = page;
    return wasThere;
  }

  private leaveOutReturns(): void {
    const all = this.kept.slice();
    this.remembered = REMEMBERED_PAGES;
    this.recent.fill(-1);
    this.count = 0;
    for (const page of all) if (!this.isRecent(page)) this.pages[this.count++] = page;
  }

  private grow(): void {
    const larger = new Int32Array(this.pages.length * 2);
    larger.set(this.pages);
    this.pages = larger;
  }
}
