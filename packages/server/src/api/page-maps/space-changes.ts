/** A space of which more than one page in so many has changed is gone through whole, and otherwise page by page as noted. */
const WHOLE_FRACTION = 16;
const FIRST_PAGES = 4_096;
/** Numbers of all arrays that are kept: those of a host of a million frames and of its VMs. */
const MAX_SPARE_NUMBERS = 4 * 2 ** 20;

/** Arrays of zeros for the next ones who compare as many pages: to have them cleared by the system costs more than to clear what was written. */
const spares: Uint32Array<ArrayBuffer>[] = [];
const EMPTY = new Uint32Array(0);

/** What the cells of one space change by in all. */
export class SpaceChanges {
  readonly #pages: number;
  /** By page; taken at the first change, and given back by `each`. */
  #xors = EMPTY;
  /** Pages whose value has left 0 at some time; one may stand there more than once. */
  #touched = EMPTY;
  #count = 0;

  constructor(pages: number) {
    this.#pages = pages;
  }

  add(first: number, pages: number, xor: number): void {
    if (this.#xors.length === 0) this.#xors = zeros(this.#pages);
    for (let page = first; page < first + pages; page++) {
      if (this.#xors[page] === 0) this.#touch(page);
      this.#xors[page]! ^= xor;
    }
  }

  /** The pages whose cells have another value in the end, ascending. Afterwards there are none. */
  each(visit: (page: number, xor: number) => void): void {
    if (this.#count * WHOLE_FRACTION > this.#pages) {
      for (let page = 0; page < this.#xors.length; page++) this.#take(page, visit);
    } else for (const page of this.#touched.subarray(0, this.#count).sort()) this.#take(page, visit);
    this.#count = 0;
    giveBack(this.#xors);
    this.#xors = EMPTY;
  }

  #take(page: number, visit: (page: number, xor: number) => void): void {
    const xor = this.#xors[page]!;
    if (xor === 0) return;
    this.#xors[page] = 0;
    visit(page, xor);
  }

  #touch(page: number): void {
    if (this.#count === this.#touched.length) {
      const touched = new Uint32Array(Math.max(FIRST_PAGES, this.#count * 2));
      touched.set(this.#touched);
      this.#touched = touched;
    }
    this.#touched[this.#count++] = page;
  }
}

function zeros(length: number): Uint32Array<ArrayBuffer> {
  const at = spares.findIndex((spare) => spare.length === length);
  return at < 0 ? new Uint32Array(length) : spares.splice(at, 1)[0]!;
}

function giveBack(xors: Uint32Array<ArrayBuffer>): void {
  spares.push(xors);
  let numbers = spares.reduce((sum, { length }) => sum + length, 0);
  while (numbers > MAX_SPARE_NUMBERS) numbers -= spares.shift()!.length;
}
