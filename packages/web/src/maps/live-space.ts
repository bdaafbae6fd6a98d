import type { SpaceHeader } from "./answers.ts";

export type MapSpace = {
  readonly kind: "host" | "vm";
  /** Null: the host. */
  readonly vm: number | null;
  /** The VM's name; null: the host. */
  readonly name: string | null;
  /** State code per page: `frames` of the state tables for the host, `realPages` for a VM. */
  readonly states: Uint8Array;
  /** Of the host: the number of the VM that owns each frame, 0 for none (free, the hypervisor's, shared). */
  readonly owners: Uint16Array | null;
  /** Pages that may differ from the picture before (some more than once, in no order); null: any may. */
  readonly changed: Uint32Array | null;
};

/** When more than one page in so many has changed, they are not listed. */
const LISTED_FRACTION = 4;
const FIRST_CHANGES = 1_024;

/** The cells of one space, and which have changed since the last picture. */
export class LiveSpace {
  readonly #header: SpaceHeader;
  readonly #states: Uint8Array;
  readonly #owners: Uint16Array | null;
  readonly #ownerShift: number;
  readonly #maxListed: number;
  #changed = new Uint32Array(FIRST_CHANGES);
  #count = 0;
  /** Pages were changed that are not listed. */
  #isUnlisted = true;

  constructor(header: SpaceHeader, ownerShift: number) {
    this.#header = header;
    this.#states = new Uint8Array(header.pages);
    this.#owners = header.kind === "host" ? new Uint16Array(header.pages) : null;
    this.#ownerShift = ownerShift;
    this.#maxListed = Math.ceil(header.pages / LISTED_FRACTION);
  }

  get bytes(): number {
    return this.#states.byteLength + (this.#owners?.byteLength ?? 0) + this.#changed.byteLength;
  }

  apply(first: number, pages: number, xor: number): void {
    if (first + pages > this.#states.length) throw new Error(`page ${first + pages - 1} of a map of ${this.#states.length} pages`);
    if (this.#owners === null) for (let page = first; page < first + pages; page++) this.#states[page]! ^= xor;
    else this.#applyToFrames(this.#owners, first, pages, xor);
    this.#list(first, pages);
  }

  #applyToFrames(owners: Uint16Array, first: number, pages: number, xor: number): void {
    const state = xor & ((1 << this.#ownerShift) - 1);
    const owner = xor >>> this.#ownerShift;
    for (let page = first; page < first + pages; page++) {
      this.#states[page]! ^= state;
      owners[page]! ^= owner;
    }
  }

  picture(): MapSpace {
    const { kind, vm, name } = this.#header;
    const changed = this.#isUnlisted ? null : this.#changed.slice(0, this.#count);
    this.#isUnlisted = false;
    this.#count = 0;
    return { kind, vm, name, states: this.#states, owners: this.#owners, changed };
  }

  #list(first: number, pages: number): void {
    if (this.#isUnlisted) return;
    if (this.#count + pages > this.#maxListed) this.#isUnlisted = true;
    else {
      if (this.#count + pages > this.#changed.length) this.#grow(this.#count + pages);
      for (let page = first; page < first + pages; page++) this.#changed[this.#count++] = page;
    }
  }

  #grow(needed: number): void {
    const changed = new Uint32Array(Math.max(needed, this.#changed.length * 2));
    changed.set(this.#changed);
    this.#changed = changed;
  }
}
