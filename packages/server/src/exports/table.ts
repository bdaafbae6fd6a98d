/**
 * What a column's values are, in CSV and in Parquet. `integer`: whole numbers up to 2^53 (INT64). `number`: DOUBLE. `name`: a text out of
 * few, such as the name of a type (a dictionary). `text`: any text. `json`: a JSON array or
 * object as text.
 */
export type ColumnKind = "integer" | "number" | "name" | "text" | "json" | "boolean";

export type ExportColumn = {
  readonly name: string;
  readonly kind: ColumnKind;
  /** No row is without it. */
  readonly isRequired?: true;
};

/** null: the row has no value there. */
export type Cell = number | string | boolean | null;
export type Row = readonly Cell[];

/** Rows with the same columns, read as they are asked for, so that a table of any length needs little memory. */
export type ExportTable = {
  readonly columns: readonly ExportColumn[];
  /** Some rows at a time, each with a cell for every column. */
  readonly rows: AsyncIterable<readonly Row[]>;
  /** What the rows are of: for the file formats that can say so. */
  readonly metadata: Readonly<Record<string, string>>;
};

/** Rows that are made and written in one step: a few milliseconds of work. */
export const ROWS_PER_STEP = 500;

/** Rows one by one as blocks of them. */
export async function* inBlocks(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<readonly Row[], void, void> {
  let block: Row[] = [];
  for await (const row of rows) {
    block.push(row);
    if (block.length < ROWS_PER_STEP) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

/** A column with what it has of an item. */
export type ItemColumn<Item> = ExportColumn & { readonly cell: (item: Item) => Cell };

/** A table with a row for each item. */
export function tableOf<Item>(
  columns: readonly ItemColumn<Item>[],
  items: AsyncIterable<Item> | Iterable<Item>,
  metadata: ExportTable["metadata"],
): ExportTable {
  const rows = async function* (): AsyncGenerator<Row, void, void> {
    for await (const item of items) yield columns.map(({ cell }) => cell(item));
  };
  return { columns, rows: inBlocks(rows()), metadata };
}
