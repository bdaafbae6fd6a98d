/** A terminal that tells no width, or one that no sentence fits into, is taken for one of this many columns. */
const USUAL_COLUMNS = 80;
const NARROWEST_COLUMNS = 20;

export function terminalWidth(columns: number | undefined): number {
  return columns === undefined || !(columns >= NARROWEST_COLUMNS) ? USUAL_COLUMNS : columns;
}
