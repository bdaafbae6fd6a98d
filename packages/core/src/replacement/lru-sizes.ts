/** Instead of the oldest page of a group that is not full. */
const NOT_FULL = -1;

/**
 * Exact LRU of several sizes in one pass, by one list for all of them: the pages of a smaller one are the newest pages of a larger
 * one. A page's group is the number of sizes that it is too old for. A page that is referenced becomes the newest, and the oldest
 * page of each group before its own moves to the next one: few steps for most references, unlike distances, however long the list.
 */
export class LruSizes {
  readonly #frames: readonly number[];
  readonly #groups: Uint8Array;
  /** By page: its neighbours on the list. The last entry is the list's end: behind it comes the oldest page, before it the newest. */
  readonly #older: Int32Array;
  readonly #newer: Int32Array;
  #length = 0;
  /** By group: its oldest page, while the list is at least as long as the group's frames. */
  readonly #oldest: Int32Array;
  /** References by the group that the page was in. */
  readonly #counts: Float64Array;

  /** `frames` ascending, at least one and fewer than 255, none twice. */
  constructor(frames: readonly number[], pageCount: number) {
    this.#frames = frames;
    // Pages that are on no list are in the group behind all sizes.
    this.#groups = new Uint8Array(pageCount).fill(frames.length);
    this.#older = new Int32Array(pageCount + 1).fill(pageCount);
    this.#newer = new Int32Array(pageCount + 1).fill(pageCount);
    this.#oldest = new Int32Array(frames.length).fill(NOT_FULL);
    this.#counts = new Float64Array(frames.length + 1);
  }

  access(pages: Uint32Array, count: number): void {
    const groups = this.#groups;
    const older = this.#older;
    const newer = this.#newer;
    const oldest = this.#oldest;
    const counts = this.#counts;
    const end = groups.length;
    let last = older[end];
    for (let at = 0; at < count; at++) {
      const page = pages[at];
      if (page === last) {
        counts[0]++;
        continue;
      }
      const group = groups[page];
      counts[group]++;
      if (group === oldest.length) this.#load(page);
      else {
        // Alone in its group, the next newer page is one that is about to move into it.
        if (oldest[group] === page) oldest[group] = newer[page];
        newer[older[page]] = newer[page];
        older[newer[page]] = older[page];
        newer[last] = page;
        older[page] = last;
        newer[page] = end;
        older[end] = page;
        groups[page] = 0;
        for (let before = 0; before < group; before++) {
          const moved = oldest[before];
          groups[moved] = before + 1;
          oldest[before] = newer[moved];
        }
      }
      last = page;
    }
  }

  /** By size, in the order of `frames`. */
  get misses(): number[] {
    const counts = [...this.#counts];
    return this.#frames.map((_, index) => counts.slice(index + 1).reduce((sum, count) => sum + count, 0));
  }

  /** A page that is on no list: every group that is full gives its oldest one away. */
  #load(page: number): void {
    const end = this.#groups.length;
    const newest = this.#older[end];
    this.#newer[newest] = page;
    this.#older[page] = newest;
    this.#newer[page] = end;
    this.#older[end] = page;
    this.#groups[page] = 0;
    this.#length++;
    for (let group = 0; group < this.#oldest.length; group++) {
      const moved = this.#oldest[group];
      if (moved === NOT_FULL) {
        if (this.#length === this.#frames[group]) this.#oldest[group] = this.#newer[end];
        return;
      }
      this.#groups[moved] = group + 1;
      this.#oldest[group] = this.#newer[moved];
    }
    this.#dropOldest();
  }

  #dropOldest(): void {
    const end = this.#groups.length;
    const next = this.#newer[this.#newer[end]];
    this.#newer[end] = next;
    this.#older[next] = end;
    this.#length--;
  }
}
