/** Entries of a tile: what keyframes and checkpoints skip or look through as one. */
export const TILE_ENTRIES = 4_096;
const TILE_SHIFT = 12;

/** In `TileMarks.epochs`: nothing in the tile was ever written. */
export const NEVER_WRITTEN = 0;

/** Numbers the stretches between two looks at what was written; those of all machines, because only their order counts. */
const clock = { epoch: NEVER_WRITTEN + 1 };

/** Ends an epoch: what was written up to now has its number or a lower one, what is written from now on a higher one. */
export function endEpoch(): number {
  return clock.epoch++;
}

/** When each tile of a table was last written: code that compares or stores a table reads only tiles written since then. */
export class TileMarks {
  /** By tile; NEVER_WRITTEN where it is as it was made. */
  readonly epochs: Uint32Array;

  constructor(entries: number) {
    this.epochs = new Uint32Array(Math.ceil(entries / TILE_ENTRIES));
  }

  mark(entry: number): void {
    this.epochs[entry >>> TILE_SHIFT] = clock.epoch;
  }

  markTile(tile: number): void {
    this.epochs[tile] = clock.epoch;
  }

  /** The tiles of the entries [first, end). */
  markRange(first: number, end: number): void {
    if (end > first) this.epochs.fill(clock.epoch, first >>> TILE_SHIFT, ((end - 1) >>> TILE_SHIFT) + 1);
  }

  /** Tiles that were written after an epoch, ascending. */
  writtenAfter(epoch: number): number[] {
    const { epochs } = this;
    const tiles: number[] = [];
    for (let tile = 0; tile < epochs.length; tile++) if (epochs[tile] > epoch) tiles.push(tile);
    return tiles;
  }
}
