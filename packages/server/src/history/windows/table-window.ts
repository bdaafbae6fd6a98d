import { LARGE_PAGE_PAGES } from "@ballast/core/ids";
import { emptyLike, type IntColumn, type TableSource } from "@ballast/core/memory";

/** A table of a machine: the frames, the real pages of a VM, or the virtual pages of one of its processes. */
export type TableId =
  | { readonly kind: "frames" }
  | { readonly kind: "realPages"; readonly vm: number }
  | { readonly kind: "virtualPages"; readonly vm: number; readonly process: number };

/** The entries [first, end) of a table. Both ends lie between large pages, or the second at the end of the table. */
export type TableWindow = {
  readonly table: TableId;
  readonly first: number;
  readonly end: number;
  /** Columns, by the last part of their names; all if not given. */
  readonly only?: readonly string[];
};

/** The name of a table as in `tablesOf`. */
export function nameOfTable(table: TableId): string {
  switch (table.kind) {
    case "frames":
      return "frames";
    case "realPages":
      return `vm/${table.vm}`;
    case "virtualPages":
      return `vm/${table.vm}/process/${table.process}`;
  }
}

/** The smallest window that has the entries [first, end). */
export function windowAround(table: TableId, first: number, end: number): TableWindow {
  const round = (entry: number): number => Math.floor(entry / LARGE_PAGE_PAGES) * LARGE_PAGE_PAGES;
  return { table, first: round(first), end: round(end + LARGE_PAGE_PAGES - 1) };
}

/** Pages for which one entry of a column stands. */
export function pagesPerEntry(name: string): number {
  return name.endsWith("/largeMap") ? LARGE_PAGE_PAGES : 1;
}

/** A column's entries in a window, and how many the whole column has. */
export type WindowColumn = { readonly values: IntColumn; readonly length: number };

/**
 * Columns for a machine that has the entries of a window and no others: of other tables nothing is kept, and what is kept is numbered from the window's first
 * page. Columns that are known come from `known`, each once; others are blank.
 */
export function windowSource(window: TableWindow, known: Map<string, WindowColumn>): TableSource {
  return {
    hasEntries: false,
    firstPage: window.first,
    column: (name, length, makeBlank) => {
      if (!isShown(window, name)) return emptyLike(makeBlank);
      const kept = known.get(name);
      if (kept?.length === length) {
        known.delete(name);
        // Equal names hold equal kinds of columns.
        return kept.values as ReturnType<typeof makeBlank>;
      }
      const pages = pagesPerEntry(name);
      return makeBlank(Math.min(window.first / pages, length), Math.min(window.end / pages, length));
    },
  };
}

/** Whether a window has a column, by its name. */
export function isShown({ table, only }: TableWindow, name: string): boolean {
  const slash = name.lastIndexOf("/");
  return name.slice(0, slash) === nameOfTable(table) && (only?.includes(name.slice(slash + 1)) ?? true);
}
