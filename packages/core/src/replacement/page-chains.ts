/** Instead of a page. */
export const NO_PAGE = -1;

/** Pages in several lists over the same typed arrays, each page in one list at most, oldest first. */
export class PageChains {
  readonly #older: Int32Array;
  readonly #newer: Int32Array;
  readonly #oldest: Int32Array;
  readonly #newest: Int32Array;
  readonly #lengths: Int32Array;

  constructor(pageCount: number, lists: number) {
    this.#older = new Int32Array(pageCount);
    this.#newer = new Int32Array(pageCount);
    this.#oldest = new Int32Array(lists).fill(NO_PAGE);
    this.#newest = new Int32Array(lists).fill(NO_PAGE);
    this.#lengths = new Int32Array(lists);
  }

  length(list: number): number {
    return this.#lengths[list];
  }

  /** NO_PAGE of an empty list. */
  oldest(list: number): number {
    return this.#oldest[list];
  }

  newest(list: number): number {
    return this.#newest[list];
  }

  /** The page that came right after it into the same list, or NO_PAGE. */
  newerThan(page: number): number {
    return this.#newer[page];
  }

  /** The pages of a list, the oldest first. */
  list(list: number): Int32Array {
    const pages = new Int32Array(this.length(list));
    let page = this.oldest(list);
    for (let at = 0; at < pages.length; at++, page = this.newerThan(page)) pages[at] = page;
    return pages;
  }

  append(list: number, page: number): void {
    const before = this.#newest[list];
    this.#older[page] = before;
    this.#newer[page] = NO_PAGE;
    if (before === NO_PAGE) this.#oldest[list] = page;
    else this.#newer[before] = page;
    this.#newest[list] = page;
    this.#lengths[list]++;
  }

  remove(list: number, page: number): void {
    const older = this.#older[page];
    const newer = this.#newer[page];
    if (older === NO_PAGE) this.#oldest[list] = newer;
    else this.#newer[older] = newer;
    if (newer === NO_PAGE) this.#newest[list] = older;
    else this.#older[newer] = older;
    this.#lengths[list]--;
  }

  /** Takes the oldest page out of a list that is not empty. */
  shift(list: number): number {
    const page = this.#oldest[list];
    this.remove(list, page);
    return page;
  }
}
