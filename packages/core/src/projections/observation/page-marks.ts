const TILE_BITS = 12;
const TILE_PAGES = 1 << TILE_BITS;
const IN_TILE = TILE_PAGES - 1;

export type SavedMarks = readonly (readonly [tile: number, marks: Uint8Array])[];

/** A small number for each page, 0 at first. Takes memory only where a page was marked. */
export class PageMarks {
  readonly #tiles: (Uint8Array | undefined)[] = [];

  set(page: number, mark: number): void {
    const tile = page >> TILE_BITS;
    const marks = this.#tiles[tile] ?? (this.#tiles[tile] = new Uint8Array(TILE_PAGES));
    marks[page & IN_TILE] = mark;
  }

  /** The page's mark, which is 0 from now on. */
  take(page: number): number {
    const marks = this.#tiles[page >> TILE_BITS];
    if (marks === undefined) return 0;
    const mark = marks[page & IN_TILE];
    if (mark !== 0) marks[page & IN_TILE] = 0;
    return mark;
  }

  /** Sets the marks of the pages [first, end) to 0. */
  clear(first: number, end: number): void {
    for (let page = first; page < end; page++) this.take(page);
  }

  save(): SavedMarks {
    return this.#tiles.flatMap((marks, tile) => (marks === undefined ? [] : [[tile, marks.slice()] as const]));
  }

  static restore(saved: SavedMarks): PageMarks {
    const restored = new PageMarks();
    for (const [tile, marks] of saved) restored.#tiles[tile] = marks.slice();
    return restored;
  }
}
