import { CATALOGUE, type EventBatch, type FieldColumn, type FieldKind } from "@ballast/core/events";

/** Where an event of some type names pages: one or a fixed number in one column, or a range to before another column. */
export type Place = { readonly first: FieldColumn; readonly end: FieldColumn | undefined; readonly span: number };

/** Finds the events that name a page of one kind, in any of their fields, as the catalogue declares them. */
export class PageMatcher {
  /** Codes of the event types that can name such a page. */
  readonly types: readonly number[];
  private readonly places: (readonly Place[] | undefined)[] = [];

  constructor(kind: FieldKind) {
    for (const { code, fields } of CATALOGUE) {
      const columns = (Object.keys(fields) as FieldColumn[]).filter((column) => fields[column]?.kind === kind);
      const end = (Object.keys(fields) as FieldColumn[]).find((column) => fields[column]?.kind === "endPage");
      if (columns.length > 0) {
        this.places[code] = columns.map((first) => ({ first, end, span: fields[first]?.span ?? 1 }));
      }
    }
    this.types = [...this.places.keys()].filter((code) => this.places[code] !== undefined);
  }

  /** Where events of a type name such pages. */
  placesOf(type: number): readonly Place[] | undefined {
    return this.places[type];
  }

  /** Every page that the event at an index names. */
  eachPage(batch: EventBatch, index: number, visit: (page: number) => void): void {
    for (const { first, end, span } of this.places[batch.types[index]!] ?? []) {
      const from = batch[first][index]!;
      const past = end === undefined ? from + span : batch[end][index]!;
      // Below zero stands for none.
      if (from >= 0) for (let page = from; page < past; page++) visit(page);
    }
  }

  /** Whether the event at an index names the page. */
  matches(batch: EventBatch, index: number, page: number): boolean {
    const places = this.places[batch.types[index]!];
    if (places === undefined) return false;
    for (const { first, end, span } of places) {
      const value = batch[first][index]!;
      if (value <= page && page < (end === undefined ? value + span : batch[end][index]!)) return true;
    }
    return false;
  }
}

export const realPages = new PageMatcher("realPage");
export const physicalPages = new PageMatcher("physicalPage");
export const virtualPages = new PageMatcher("virtualPage");
