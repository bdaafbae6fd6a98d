export type IntColumn = Int32Array | Uint32Array | Uint8Array;

/**
 * Where a table takes its columns from: usually made blank; a copy of one that is known already, when a moment of the
 * past is set up, for filling tens of megabytes twice costs more than everything else there.
 */
export type ColumnSource = <Column extends IntColumn>(name: string, length: number, makeBlank: () => Column) => Column;

/** Columns for tables, and whether these have entries at all. */
export type TableSource = {
  readonly column: ColumnSource;
  /**
   * False: the columns are empty. Events then change facts and counts alone, which are exact all the same, because events carry
   * what counts depend on; a read finds no entry, and a write goes nowhere.
   */
  readonly hasEntries: boolean;
};

export const blankTables: TableSource = { column: (_name, _length, makeBlank) => makeBlank(), hasEntries: true };

/** For those who ask for counts and facts alone: costs the same for a host of any size. */
export const noEntries: TableSource = { column: (_name, _length, makeBlank) => emptyLike(makeBlank), hasEntries: false };

/** Nothing is read from it or kept in it, whatever type its column has. */
const EMPTY = new Uint8Array(0);

function emptyLike<Column extends IntColumn>(_makeBlank: () => Column): Column {
  return EMPTY as IntColumn as Column;
}
