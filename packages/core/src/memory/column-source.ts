export type IntColumn = Int32Array | Uint32Array | Uint8Array;

/**
 * Where a table takes its columns from: usually made blank; a copy of one that is known already, when a moment of the
 * past is set up, for filling tens of megabytes twice costs more than everything else there.
 */
export type ColumnSource = <Column extends IntColumn>(name: string, length: number, makeBlank: () => Column) => Column;

export const blankColumns: ColumnSource = (_name, _length, makeBlank) => makeBlank();
