import { emptyLike, type TableSource } from "@ballast/core/memory";

/** What the cells of maps follow from, by the last part of their names; what they do not need is not kept. */
const FRAME_COLUMNS: ReadonlySet<string> = new Set(["ownerVm", "realPage", "content"]);
const VM_COLUMNS: ReadonlySet<string> = new Set(["realMap", "swapSlot", "kept", "compressedBlocks", "use", "largeMap"]);

/** Bytes that the columns of maps take per frame and per real page. */
export const MAP_FRAME_BYTES = 9;
export const MAP_REAL_PAGE_BYTES = 11;

/** Whether the cells of maps need a column: `frames/ownerVm`, `vm/2/realMap`, but no `vm/2/process/1/pageTable`. */
export function isMapColumn(name: string): boolean {
  const [table, ...rest] = name.split("/");
  const column = rest.at(-1) ?? "";
  return table === "frames" ? FRAME_COLUMNS.has(column) : rest.length === 2 && VM_COLUMNS.has(column);
}

/** Columns of a source as far as maps need them. Facts and counts are exact all the same. */
export function mapColumnsOf({ column, firstPage }: TableSource): TableSource {
  return {
    hasEntries: false,
    firstPage,
    column: (name, length, makeBlank) => (isMapColumn(name) ? column(name, length, makeBlank) : emptyLike(makeBlank)),
  };
}
