/**
 * Part of a keyframe: entries of one table column that differ from the base, by ascending index, as two streams that
 * compress well. `gaps`: for each entry how many unchanged ones lie before it, in bytes of which 255 means "255 more, and
 * another byte follows". `planes`: the new values, first the lowest byte of all, then the next (4 planes, or 1 for a
 * column of bytes). With `isDelta` a value is the difference from the one before, modulo 2^32.
 */
export type ChangeBlock = {
  /** The column's name among those of its table. */
  readonly column: string;
  /** The index that the first gap counts from. */
  readonly start: number;
  readonly count: number;
  readonly isDelta: boolean;
  readonly gaps: Uint8Array;
  readonly planes: Uint8Array;
};

/** Entries of a table that one part of a keyframe covers: whole tiles, so that a page of a table needs one part. */
export const REGION_ENTRIES = 16_384;
/** In `gaps`: 255 unchanged entries, and the gap continues. */
export const GAP_GOES_ON = 255;
