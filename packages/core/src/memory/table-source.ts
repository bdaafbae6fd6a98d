export type IntColumn = Int32Array | Uint32Array | Uint8Array;

/**
 * Where a table takes its columns from: usually made blank; a copy of one that is known already, when a moment of the
 * past is set up, for filling tens of megabytes twice costs more than everything else there.
 */
export type ColumnSource = <Column extends IntColumn>(name: string, length: number, makeBlank: BlankMaker<Column>) => Column;

/** Makes the entries [first, end) of a column as they are before anything is written. */
export type BlankMaker<Column extends IntColumn> = (first: number, end: number) => Column;

/** Columns for tables, and whether these have entries at all. */
export type TableSource = {
  readonly column: ColumnSource;
  /**
   * False: the columns are empty. Events then change facts and counts alone, which are exact all the same, because events carry
   * what counts depend on; a read finds no entry, and a write goes nowhere.
   */
  readonly hasEntries: boolean;
  /** The page that the columns begin with; 0 but for a window on a part of one table. */
  readonly firstPage: number;
};

export const blankTables: TableSource = {
  column: (_name, length, makeBlank) => makeBlank(0, length),
  hasEntries: true,
  firstPage: 0,
};

/** For those who ask for counts and facts alone: costs the same for a host of any size. */
export const noEntries: TableSource = { column: (_name, _length, makeBlank) => emptyLike(makeBlank), hasEntries: false, firstPage: 0 };

/** Nothing is read from it or kept in it, whatever type its column has. */
const EMPTY = new Uint8Array(0);

export function emptyLike<Column extends IntColumn>(_makeBlank: BlankMaker<Column>): Column {
  return EMPTY as IntColumn as Column;
}
