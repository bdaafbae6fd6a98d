import { CATALOGUE, type EventBatch, FIELD_COLUMNS, type FieldColumn, type FieldKind } from "@ballast/core/events";

/** For each event code, the columns whose number is of a kind. */
function columnsOfKind(kind: FieldKind): ReadonlyMap<number, readonly FieldColumn[]> {
  const found = CATALOGUE.map((type) => [type.code, FIELD_COLUMNS.filter((column) => type.fields[column]?.kind === kind)] as const);
  return new Map(found.filter(([, columns]) => columns.length > 0));
}

const TEXT_COLUMNS = columnsOfKind("text");

/** The columns of a type whose number is that of a text. */
export function textColumnsOf(type: number): readonly FieldColumn[] {
  return TEXT_COLUMNS.get(type) ?? NO_COLUMNS;
}

const NO_COLUMNS: readonly FieldColumn[] = [];

/** The highest text id that one of these events uses; 0 if none does. */
export function lastTextId(batch: EventBatch, indexes: Iterable<number>): number {
  let last = 0;
  for (const index of indexes) {
    for (const column of textColumnsOf(batch.types[index] ?? 0)) last = Math.max(last, batch[column][index] ?? 0);
  }
  return last;
}
