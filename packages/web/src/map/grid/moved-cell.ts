import type { GridLayout } from "./grid-layout.ts";

type Key = Pick<KeyboardEvent, "key" | "ctrlKey">;

/** Where a key leads from a cell; undefined: it moves nothing. At the edges it stays. */
export function movedCell({ key, ctrlKey }: Key, cell: number, { cells, columns }: GridLayout): number | undefined {
  const target = targetOf(key, ctrlKey, cell, { cells, columns });
  if (target === undefined) return undefined;
  return target < 0 || target >= cells ? cell : target;
}

/** Rows of a step by page up and down. */
const PAGE_ROWS = 10;

function targetOf(
  key: string,
  isFar: boolean,
  cell: number,
  { cells, columns }: Pick<GridLayout, "cells" | "columns">,
): number | undefined {
  switch (key) {
    case "ArrowLeft":
      return cell - 1;
    case "ArrowRight":
      return cell + 1;
    case "ArrowUp":
      return cell - columns;
    case "ArrowDown":
      return cell + columns;
    case "PageUp":
      return Math.max(cell % columns, cell - PAGE_ROWS * columns);
    case "PageDown":
      return Math.min(cells - 1, cell + PAGE_ROWS * columns);
    case "Home":
      return isFar ? 0 : cell - (cell % columns);
    case "End":
      return isFar ? cells - 1 : Math.min(cells - 1, cell - (cell % columns) + columns - 1);
    default:
      return undefined;
  }
}
