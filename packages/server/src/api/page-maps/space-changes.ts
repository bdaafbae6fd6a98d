/** A space of which more than one page in so many has changed is gone through whole, and otherwise page by page as noted. */
const WHOLE_FRACTION = 16;
const FIRST_PAGES = 256;

/** What the cells of one space change by in all. */
export class SpaceChanges {
  readonly #pages: number;
  /** By page; made at the first change. */
  #xors = new Uint32Array(0);
  /** Pages whose value has left 0 at some time; one may stand there more than once. */
  #touched = new Uint32Array(FIRST_PAGES);
  #count = 0;

  constructor(pages: number) {
    this.#pages = pages;
  }

  add(first: number, pages: number, xor: number): void {
    if (this.#xors.length === 0) this.#xors = new Uint32Array(this.#pages);
    for (let page = first; page < first + pages; page++) {
      if (this.#xors[page] === 0) this.#touch(page);
      this.#xors[page]! ^= xor;
    }
  }

  /** The pages whose cells have another value in the end, ascending. */
  each(visit: (page: number, xor: number) => void): void {
    if (this.#count * WHOLE_FRACTION > this.#pages) {
      for (let page = 0; page < this.#xors.length; page++) if (this.#xors[page] !== 0) visit(page, this.#xors[page]!);
      return;
    }
    let before = -1;
    for (const page of this.#touched.subarray(0, this.#count).sort()) {
      if (page !== before && this.#xors[page] !== 0) visit(page, this.#xors[page]!);
      before = page;
    }
  }

  #touch(page: number): void {
    if (this.#count === this.#touched.length) {
      const touched = new Uint32Array(this.#count * 2);
      touched.set(this.#touched);
      this.#touched = touched;
    }
    this.#touched[this.#count++] = page;
  }
}
