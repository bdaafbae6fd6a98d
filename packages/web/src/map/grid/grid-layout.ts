/** Cells of equal size in rows, in CSS pixels. */
export type GridLayout = {
  readonly cells: number;
  /** Side of a cell with the gap behind it. */
  readonly pitch: number;
  readonly columns: number;
  readonly rows: number;
};

export type GridRoom = { readonly width: number; readonly height: number };

/** Sizes of cells, so that a step of zoom is always a visible one. */
export const PITCHES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80] as const;

/** The largest cells with which all fit into a room, or the smallest there are. */
export function fittingPitch(cells: number, { width, height }: GridRoom): number {
  const fits = (pitch: number): boolean => Math.ceil(cells / columnsIn(cells, width, pitch)) * pitch <= height;
  return PITCHES.findLast(fits) ?? PITCHES[0];
}

/** The next larger (1) or smaller (-1) size. */
export function pitchBeside(pitch: number, direction: 1 | -1): number {
  const beside = direction === 1 ? PITCHES.find((each) => each > pitch) : PITCHES.findLast((each) => each < pitch);
  return beside ?? pitch;
}

export function layoutGrid(cells: number, width: number, pitch: number): GridLayout {
  const columns = columnsIn(cells, width, pitch);
  return { cells, pitch, columns, rows: Math.ceil(cells / columns) };
}

/** The cell at a point of the whole grid; undefined: beside all cells. */
export function cellAt({ cells, pitch, columns }: GridLayout, x: number, y: number): number | undefined {
  const column = Math.floor(x / pitch);
  const cell = Math.floor(y / pitch) * columns + column;
  return x < 0 || y < 0 || column >= columns || cell >= cells ? undefined : cell;
}

/** The upper left corner of a cell. */
export function cornerOf({ pitch, columns }: GridLayout, cell: number): { readonly x: number; readonly y: number } {
  return { x: (cell % columns) * pitch, y: Math.floor(cell / columns) * pitch };
}

/** The rows of which something is seen, the last excluded. */
export function visibleRows(
  { pitch, rows }: GridLayout,
  scrollTop: number,
  height: number,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.min(rows, Math.floor(scrollTop / pitch)));
  return { first, end: Math.min(rows, Math.ceil((scrollTop + height) / pitch)) };
}

/** Space between cells, where they are large enough for it. */
export function gapOf(pitch: number): number {
  if (pitch >= 20) return 3;
  if (pitch >= 8) return 2;
  return pitch >= 4 ? 1 : 0;
}

/** Many columns are a multiple of a power of two, so that rows begin with round numbers. */
function columnsIn(cells: number, width: number, pitch: number): number {
  const most = Math.max(1, Math.floor(width / pitch));
  if (most >= cells) return Math.max(1, cells);
  const unit = [64, 32, 16, 8, 4].find((each) => most >= each * 8) ?? 1;
  return most - (most % unit);
}
