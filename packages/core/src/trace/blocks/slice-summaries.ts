/**
 * What slices of a block's references touch, for those who make many accesses at once: if all of them hit, their order
 * matters only as far as it is kept here. Slices of one length, from the start of the block; a rest at its end is in none.
 * Pages are places in `SliceSummaries.pages`.
 */
export type SliceLevel = {
  /** References in each slice: a power of two. */
  readonly references: number;
  /** Slice `n` touches the pages `touched[touchedFrom[n]]` to `touched[touchedFrom[n + 1]]` (excluded), by ascending last touch. */
  readonly touchedFrom: Uint32Array;
  readonly touched: Uint16Array;
  /** It writes to the pages `written[writtenFrom[n]]` to `written[writtenFrom[n + 1]]` (excluded). */
  readonly writtenFrom: Uint32Array;
  readonly written: Uint16Array;
  /** Per entry of `written`: how many writes of the slice come behind the last one to that page. */
  readonly writesBehind: Uint16Array;
  /** Per slice: its writes. */
  readonly writes: Uint16Array;
};

export type SliceSummaries = {
  /** The different pages of the block. */
  readonly pages: Int32Array;
  /** Slices that most actions of a VM hold whole. */
  readonly coarse: SliceLevel;
  /** Parts of these, for what is left where something cuts one. */
  readonly fine: SliceLevel;
};

export const COARSE_REFERENCES = 1024;
export const FINE_REFERENCES = 128;

export function summaryBytes({ pages, coarse, fine }: SliceSummaries): number {
  return pages.byteLength + levelBytes(coarse) + levelBytes(fine);
}

function levelBytes({ touchedFrom, touched, writtenFrom, written, writesBehind, writes }: SliceLevel): number {
  const arrays = [touchedFrom, touched, writtenFrom, written, writesBehind, writes];
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
