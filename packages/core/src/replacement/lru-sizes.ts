import { NO_PAGE, PageChains } from "./page-chains.ts";

const LIST = 0;

/**
 * Exact LRU of several sizes in one pass, by one list for all of them: the pages of a smaller one are the newest pages of a larger
 * one. A page's group is the number of sizes that it is too old for. A page that is referenced becomes the newest, and the oldest
 * page of each group before its own moves to the next one: few steps for most references, unlike distances, however long the list.
 */
export class LruSizes {
  readonly #frames: readonly number[];
  readonly #groups: Uint8Array;
  readonly #chain: PageChains;
  /** By group: its oldest page, while the list is at least as long as the group's frames. */
  readonly #oldest: Int32Array;
  /** References by the group that the page was in. */
  readonly #counts: Float64Array;

  /** `frames` ascending, at least one and fewer than 255, none twice. */
  constructor(frames: readonly number[], pageCount: number) {
    this.#frames = frames;
    // Pages that are on no list are in the group behind all sizes.
    this.#groups = new Uint8Array(pageCount).fill(frames.length);
    this.#chain = new PageChains(pageCount, 1);
    this.#oldest = new Int32Array(frames.length).fill(NO_PAGE);
    this.#counts = new Float64Array(frames.length + 1);
  }

  access(pages: Uint32Array, count: number): void {
    let last = this.#chain.newest(LIST);
    let repeats = 0;
    for (let at = 0; at < count; at++) {
      const page = pages[at];
      if (page === last) repeats++;
      else {
        last = page;
        this.#touch(page);
      }
    }
    this.#counts[0] += repeats;
  }

  /** By size, in the order of `frames`. */
  get misses(): number[] {
    const counts = [...this.#counts];
    return this.#frames.map((_, index) => counts.slice(index + 1).reduce((sum, count) => sum + count, 0));
  }

  /** A page that is not the newest. */
  #touch(page: number): void {
    const chain = this.#chain;
    const group = this.#groups[page];
    this.#counts[group]++;
    this.#groups[page] = 0;
    if (group === this.#frames.length) {
      chain.append(LIST, page);
      this.#pushAll();
      return;
    }
    // Alone in its group, the next newer page is one that is about to move into it.
    if (this.#oldest[group] === page) this.#oldest[group] = chain.newerThan(page);
    chain.remove(LIST, page);
    chain.append(LIST, page);
    for (let before = 0; before < group; before++) this.#pushOldest(before);
  }

  /** A page more came in: every group that is full gives its oldest one away. */
  #pushAll(): void {
    const length = this.#chain.length(LIST);
    for (let group = 0; group < this.#frames.length; group++) {
      if (this.#oldest[group] === NO_PAGE) {
        if (length === this.#frames[group]) this.#oldest[group] = this.#chain.oldest(LIST);
        return;
      }
      this.#pushOldest(group);
    }
    this.#chain.shift(LIST);
  }

  #pushOldest(group: number): void {
    const page = this.#oldest[group];
    this.#groups[page] = group + 1;
    this.#oldest[group] = this.#chain.newerThan(page);
  }
}
