/** Browsers place nothing reliably beyond some ten million pixels; a longer table is scrolled in proportion instead. */
const MAX_HEIGHT_PX = 8_000_000;

/** A table of rows of one height behind an opening of some height, in pixels. */
export type Table = { readonly rows: number; readonly rowHeight: number; readonly viewHeight: number };

/** The rows that are drawn: from `first`, up to `end` (excluded), the first of them `offset` below the table's top. */
export type RowWindow = { readonly first: number; readonly end: number; readonly offset: number };

/** Rows above and below the opening that are drawn too, so that a step of scrolling shows no empty place. */
const OVERSCAN = 8;

/** Height of what is scrolled. */
export function tableHeight({ rows, rowHeight }: Table): number {
  return Math.min(rows * rowHeight, MAX_HEIGHT_PX);
}

/** Most rows that are drawn at a time. */
export function rowsInView({ rowHeight, viewHeight }: Table): number {
  return Math.ceil(viewHeight / rowHeight) + 1 + 2 * OVERSCAN;
}

/** Which rows are in view at a scroll position. */
export function windowAt(table: Table, scrollTop: number): RowWindow {
  const top = topRow(table, scrollTop);
  const first = Math.max(0, Math.floor(top) - OVERSCAN);
  const end = Math.min(table.rows, Math.ceil(top + table.viewHeight / table.rowHeight) + OVERSCAN);
  return { first, end, offset: scrollTop - (top - first) * table.rowHeight };
}

/** The scroll position at which a row is in view, the nearest to the present one. */
export function scrollToRow(table: Table, scrollTop: number, row: number): number {
  const top = topRow(table, scrollTop);
  const shown = table.viewHeight / table.rowHeight;
  const wanted = row < top ? row : row + 1 > top + shown ? row + 1 - shown : top;
  return wanted === top ? scrollTop : scrollTopOf(table, wanted);
}

/** The scroll position at which a row is in the middle of the opening, as far as the table's ends allow. */
export function scrollToMiddle(table: Table, row: number): number {
  return scrollTopOf(table, row + 0.5 - table.viewHeight / table.rowHeight / 2);
}

/** The row at the opening's upper edge, with its fraction. */
function topRow(table: Table, scrollTop: number): number {
  const range = tableHeight(table) - table.viewHeight;
  return range <= 0 ? 0 : (Math.min(scrollTop, range) / range) * hiddenRows(table);
}

function scrollTopOf(table: Table, top: number): number {
  const range = Math.max(0, tableHeight(table) - table.viewHeight);
  const hidden = hiddenRows(table);
  return hidden <= 0 ? 0 : Math.max(0, Math.min(1, top / hidden)) * range;
}

function hiddenRows({ rows, rowHeight, viewHeight }: Table): number {
  return rows - viewHeight / rowHeight;
}
