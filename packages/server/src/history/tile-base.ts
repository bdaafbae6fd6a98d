import {
  blankEntries,
  endEpoch,
  imageOf,
  type IntColumn,
  type MachineTables,
  NEVER_WRITTEN,
  type TableColumn,
  tablesOf,
  type TileMarks,
} from "@ballast/core/memory";

type ColumnBase = {
  /** Of the table that it was: another one in its place has others. */
  readonly marks: TileMarks;
  /** By tile; a tile without an entry was never written. */
  readonly tiles: (IntColumn | undefined)[];
  /** See `imageOf`. */
  image: ReturnType<typeof imageOf>;
};

/** The tables as they were at a position: only tiles that had been written, shared with the bases that have the same. */
export class TileBase {
  /** Whatever is written later is marked with a higher one. */
  #epoch = NEVER_WRITTEN;
  #position = 0;
  readonly #columns = new Map<string, ColumnBase>();

  get position(): number {
    return this.#position;
  }

  /** Takes over the tiles that were written since. */
  advanceTo(machine: MachineTables): void {
    for (const { columns } of tablesOf(machine)) for (const column of columns) this.#take(column);
    this.#epoch = endEpoch();
    this.#position = machine.position;
  }

  #take(column: TableColumn): void {
    const { name, values, marks, tileEntries } = column;
    const known = this.#columns.get(name);
    const base: ColumnBase = known?.marks === marks ? known : { marks, tiles: [], image: null };
    base.image = imageOf(column);
    const since = base === known ? this.#epoch : NEVER_WRITTEN;
    for (const tile of marks.writtenAfter(since)) base.tiles[tile] = values.slice(tile * tileEntries, (tile + 1) * tileEntries);
    this.#columns.set(name, base);
  }

  /** The tiles of a column, ascending, outside of which all is as it was. */
  changedTiles({ name, marks }: TableColumn): readonly number[] {
    const base = this.#columns.get(name);
    if (base === undefined) return marks.writtenAfter(NEVER_WRITTEN);
    if (base.marks === marks) return marks.writtenAfter(this.#epoch);
    return [...new Array(Math.max(marks.epochs.length, base.tiles.length)).keys()];
  }

  clone(): TileBase {
    const clone = new TileBase();
    clone.#epoch = this.#epoch;
    clone.#position = this.#position;
    for (const [name, base] of this.#columns) clone.#columns.set(name, { ...base, tiles: base.tiles.slice() });
    return clone;
  }

  /** The entries of a tile as they were; those of a VM or process that was not there are blank. */
  tile(column: TableColumn, tile: number): IntColumn {
    const base = this.#columns.get(column.name);
    const first = tile * column.tileEntries;
    const end = Math.min(first + column.tileEntries, column.values.length);
    const kept = base?.tiles[tile];
    if (kept?.length === end - first) return kept;
    return blankTile(column, first, end, base === undefined ? imageOf(column) : base.image);
  }
}

const blanks = new Map<string, IntColumn>();

/** Of the columns whose blank entries are one number, each kind of tile is made once. */
function blankTile(column: TableColumn, first: number, end: number, image: ColumnBase["image"]): IntColumn {
  const { blank, values } = column;
  if (typeof blank !== "number") return blankEntries(column, first, end, image);
  const key = `${values.BYTES_PER_ELEMENT} ${blank} ${end - first}`;
  const known = blanks.get(key) ?? blankEntries(column, first, end);
  blanks.set(key, known);
  return known;
}
