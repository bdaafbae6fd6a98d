import { CATALOGUE, type EventBatch, type FieldColumn, type FieldKind } from "@ballast/core/events";

/** Where an event of some type names a page: in one column, or as a range from one column to before another. */
type Place = { readonly first: FieldColumn; readonly end: FieldColumn | undefined };

/** Finds the events that name a page of one kind, in any of their fields, as the catalogue declares them. */
export class PageMatcher {
  /** Codes of the event types that can name such a page. */
  readonly types: readonly number[];
  private readonly places: (readonly Place[] | undefined)[] = [];

  constructor(kind: FieldKind) {
    for (const { code, fields } of CATALOGUE) {
      const columns = (Object.keys(fields) as FieldColumn[]).filter((column) => fields[column]?.kind === kind);
      const end = (Object.keys(fields) as FieldColumn[]).find((column) => fields[column]?.kind === "endPage");
      if (columns.length > 0) this.places[code] = columns.map((first) => ({ first, end }));
    }
    this.types = [...this.places.keys()].filter((code) => this.places[code] !== undefined);
  }

  /** Whether the event at an index names the page. */
  matches(batch: EventBatch, index: number, page: number): boolean {
    const places = this.places[batch.types[index]!];
    if (places === undefined) return false;
    for (const { first, end } of places) {
      const value = batch[first][index]!;
      if (end === undefined ? value === page : value <= page && page < batch[end][index]!) return true;
    }
    return false;
  }
}
