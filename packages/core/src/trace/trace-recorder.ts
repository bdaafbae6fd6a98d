import { assert } from "../assert/index.ts";
import { AccessKind } from "../events/index.ts";
import { ObjectNumbering } from "./object-numbering.ts";
import type { OriginalPages } from "./original-pages.ts";
import { namePages } from "./page-names.ts";
import { MAX_PAGES, PageNumbering } from "./page-numbering.ts";
import { REFERENCES_PER_BLOCK } from "./trace.ts";
import { TraceError } from "./trace-error.ts";

const KIND_COUNT = Object.keys(AccessKind).length;
const PAGE_SHIFT = 12;
const PAGE_OFFSET_MASK = 0xfff;
/** A 64-bit address has a page number of 52 bits: 20 of them in the upper half. */
const MAX_PAGE_HIGH = 0xfffff;
const MAX_PAGE_LOW = 0xffffffff;

/**
 * Takes references from a parser, numbers their pages densely and hands full blocks on. A reference in a block is
 * `page * 4 + kind`; the array is used again as soon as the receiver returns.
 */
export class TraceRecorder {
  readonly #file: string;
  readonly #receiveBlock: (references: Uint32Array) => void;
  readonly #numbering = new PageNumbering();
  readonly #pending = new Uint32Array(REFERENCES_PER_BLOCK);
  #pendingLength = 0;
  #flushedReferences = 0;
  // The last page of each kind: most references touch the page that the last one of their kind touched.
  readonly #lastHigh = new Uint32Array(KIND_COUNT);
  readonly #lastLow = new Uint32Array(KIND_COUNT);
  readonly #lastPage = new Int32Array(KIND_COUNT).fill(-1);
  readonly #objects = new ObjectNumbering();
  readonly #spaces = new ObjectNumbering();
  #space = 0;

  /** `file` names the source in errors. */
  constructor(file: string, receiveBlock: (references: Uint32Array) => void) {
    this.#file = file;
    this.#receiveBlock = receiveBlock;
  }

  get referenceCount(): number {
    return this.#flushedReferences + this.#pendingLength;
  }

  get pageCount(): number {
    return this.#numbering.count;
  }

  originalPages(): OriginalPages {
    return this.#numbering.originalPages();
  }

  /**
   * The original names of the pages by dense number, as bytes of text; undefined if a page's original number says all:
   * there were neither names nor spaces.
   */
  pageNames(): Iterable<Uint8Array> | undefined {
    if (this.#objects.count === 0 && this.#spaces.count === 0) return undefined;
    return namePages(this.#numbering, this.#objects, this.#spaces);
  }

  /** Records one reference to the page whose 64-bit number has these halves. */
  touchPage(high: number, low: number, kind: number): void {
    let page = this.#lastPage[kind];
    if (page < 0 || this.#lastLow[kind] !== low || this.#lastHigh[kind] !== high) page = this.#turnTo(high, low, kind);
    this.#pending[this.#pendingLength] = (page << 2) | kind;
    this.#pendingLength += 1;
    if (this.#pendingLength === this.#pending.length) this.flush();
  }

  /** The pages of the references that follow lie in the space (a disk, a process) with this name. */
  enterSpace(bytes: Uint8Array, start: number, end: number): void {
    const space = this.#spaces.numberOf(bytes, start, end);
    if (space < 0) this.#refuseNames();
    if (space === this.#space) return;
    this.#space = space;
    this.#lastPage.fill(-1);
  }

  /** Records one reference to the page that is the object with this name. */
  touchObject(bytes: Uint8Array, start: number, end: number, kind: number): void {
    const object = this.#objects.numberOf(bytes, start, end);
    if (object < 0) this.#refuseNames();
    this.touchPage(0, object, kind);
  }

  /**
   * Records an access to `bytes` bytes at a 64-bit address: one reference to every page that it touches. Returns false,
   * and records nothing, if it reaches beyond the last address.
   */
  touchBytes(addressHigh: number, addressLow: number, bytes: number, kind: number): boolean {
    let high = addressHigh >>> PAGE_SHIFT;
    let low = ((addressHigh << (32 - PAGE_SHIFT)) | (addressLow >>> PAGE_SHIFT)) >>> 0;
    let left = bytes - (PAGE_OFFSET_MASK + 1 - (addressLow & PAGE_OFFSET_MASK));
    if (left > 0 && pagesBehind(high, low) * (PAGE_OFFSET_MASK + 1) < left) return false;
    this.touchPage(high, low, kind);
    while (left > 0) {
      low = (low + 1) >>> 0;
      if (low === 0) high += 1;
      this.touchPage(high, low, kind);
      left -= PAGE_OFFSET_MASK + 1;
    }
    return true;
  }

  /** Hands on the block that is not full. */
  flush(): void {
    if (this.#pendingLength === 0) return;
    const length = this.#pendingLength;
    this.#flushedReferences += length;
    this.#pendingLength = 0;
    this.#receiveBlock(this.#pending.subarray(0, length));
  }

  #refuseNames(): never {
    const found = `the names up to reference ${this.referenceCount + 1} have more than 4 GiB of text`;
    throw new TraceError("too-many-pages", { file: this.#file }, found, "Cut the trace into shorter ones.");
  }

  #turnTo(high: number, low: number, kind: number): number {
    assert(kind >= 0 && kind < KIND_COUNT, () => `access kind ${kind} is not below ${KIND_COUNT}`);
    const page = this.#numbering.numberOf(high, low, this.#space);
    if (page < 0) {
      const found = `reference ${this.referenceCount + 1} touches one page more than ${MAX_PAGES}`;
      throw new TraceError("too-many-pages", { file: this.#file }, found, "Cut the trace into shorter ones.");
    }
    this.#lastHigh[kind] = high;
    this.#lastLow[kind] = low;
    this.#lastPage[kind] = page;
    return page;
  }
}

/** Pages of a 64-bit address space that lie behind the one with these halves. */
function pagesBehind(high: number, low: number): number {
  return (MAX_PAGE_HIGH - high) * (MAX_PAGE_LOW + 1) + MAX_PAGE_LOW - low;
}
