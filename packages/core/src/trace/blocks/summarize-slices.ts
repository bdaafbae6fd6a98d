import { COARSE_REFERENCES, FINE_REFERENCES, type SliceLevel, type SliceSummaries } from "./slice-summaries.ts";

/** What a block says of its references, by the number of the reference. */
export type IndexedReferences = {
  readonly length: number;
  /** Least significant bytes of the indexes; behind them, if `isWide`, the others. */
  readonly indexes: Uint8Array;
  readonly isWide: boolean;
  /** Per different reference. */
  readonly pages: Int32Array;
  readonly isStore: Uint8Array;
  /** Is called if an index is not below the number of different references. */
  readonly refuse: () => never;
};

const NEVER = -1;

/** Reads a block from its end to its start: the first time that it meets a page in a slice is the page's last touch, or last write. */
export function summarizeSlices(block: IndexedReferences): SliceSummaries {
  const { pages, places } = placesOf(block.pages);
  const fine = new LevelBuilder(block.length, FINE_REFERENCES, pages.length);
  const coarse = new LevelBuilder(block.length, COARSE_REFERENCES, pages.length);
  const { indexes, isWide, length, isStore } = block;
  /** Per different reference: the fine slice in which it was met last. */
  const met = new Int32Array(places.length).fill(NEVER);
  let coarseWrites = 0;
  for (let slice = fine.slices - 1; slice >= 0; slice -= 1) {
    const start = slice * FINE_REFERENCES;
    const coarseSlice = Math.floor(start / COARSE_REFERENCES);
    let writes = 0;
    for (let i = start + FINE_REFERENCES - 1; i >= start; i -= 1) {
      const index = isWide ? indexes[i] | (indexes[length + i] << 8) : indexes[i];
      if (met[index] !== slice) {
        if (index >= met.length) block.refuse();
        met[index] = slice;
        fine.meet(slice, places[index], isStore[index], writes);
        if (coarseSlice < coarse.slices) coarse.meet(coarseSlice, places[index], isStore[index], coarseWrites + writes);
      }
      writes += isStore[index];
    }
    fine.close(slice, writes);
    coarseWrites += writes;
    if (start % COARSE_REFERENCES !== 0) continue;
    if (coarseSlice < coarse.slices) coarse.close(coarseSlice, coarseWrites);
    coarseWrites = 0;
  }
  return { pages, coarse: coarse.build(), fine: fine.build() };
}

/** The slices of one length, made from the last to the first. */
class LevelBuilder {
  readonly slices: number;
  readonly #references: number;
  /** Per page: the slice in which it was touched last, and written to last. */
  readonly #touchedIn: Int32Array;
  readonly #writtenIn: Int32Array;
  /** Filled from the ends. */
  readonly #touched: Uint16Array;
  readonly #written: Uint16Array;
  readonly #writesBehind: Uint16Array;
  #firstTouched: number;
  #firstWritten: number;
  readonly #touchedFrom: Uint32Array;
  readonly #writtenFrom: Uint32Array;
  readonly #writes: Uint16Array;

  constructor(length: number, references: number, pageCount: number) {
    this.slices = Math.floor(length / references);
    this.#references = references;
    this.#touchedIn = new Int32Array(pageCount).fill(NEVER);
    this.#writtenIn = new Int32Array(pageCount).fill(NEVER);
    this.#touched = new Uint16Array(length);
    this.#written = new Uint16Array(length);
    this.#writesBehind = new Uint16Array(length);
    this.#firstTouched = this.#firstWritten = length;
    this.#touchedFrom = new Uint32Array(this.slices + 1).fill(length);
    this.#writtenFrom = new Uint32Array(this.slices + 1).fill(length);
    this.#writes = new Uint16Array(this.slices);
  }

  /** `writes`: those of the slice behind this reference. */
  meet(slice: number, place: number, isStore: number, writes: number): void {
    if (this.#touchedIn[place] !== slice) {
      this.#touchedIn[place] = slice;
      this.#firstTouched -= 1;
      this.#touched[this.#firstTouched] = place;
    }
    if (isStore === 0 || this.#writtenIn[place] === slice) return;
    this.#writtenIn[place] = slice;
    this.#firstWritten -= 1;
    this.#written[this.#firstWritten] = place;
    this.#writesBehind[this.#firstWritten] = writes;
  }

  close(slice: number, writes: number): void {
    this.#writes[slice] = writes;
    this.#touchedFrom[slice] = this.#firstTouched;
    this.#writtenFrom[slice] = this.#firstWritten;
  }

  build(): SliceLevel {
    return {
      references: this.#references,
      touchedFrom: this.#touchedFrom.map((from) => from - this.#firstTouched),
      touched: this.#touched.slice(this.#firstTouched),
      writtenFrom: this.#writtenFrom.map((from) => from - this.#firstWritten),
      written: this.#written.slice(this.#firstWritten),
      writesBehind: this.#writesBehind.slice(this.#firstWritten),
      writes: this.#writes,
    };
  }
}

/** The different ones of the pages, and for each page its place among them. */
function placesOf(all: Int32Array): { readonly pages: Int32Array; readonly places: Uint16Array } {
  const known = new Map<number, number>();
  const places = Uint16Array.from(all, (page) => {
    const place = known.get(page) ?? known.size;
    known.set(page, place);
    return place;
  });
  return { pages: Int32Array.from(known.keys()), places };
}
