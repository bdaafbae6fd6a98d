import type { MapSpace } from "../../maps/index.ts";
import type { SpaceEntries } from "../colouring/colouring.ts";
import type { Palette } from "../colouring/palette.ts";
import { gapOf, type GridLayout, visibleRows } from "./grid-layout.ts";

/** What of a grid is seen, and in which colours. */
export type GridView = {
  readonly layout: GridLayout;
  readonly scrollTop: number;
  /** Of the canvas, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly entries: SpaceEntries;
  readonly palette: Palette;
  /** By entry of the legend. */
  readonly letters: readonly string[];
  /** By page, instead of the letter of its state: the beginning of the name that the scenario gives the page in it. */
  readonly names: ReadonlyMap<number, string>;
};

/** Letters are drawn in cells of at least this size. */
const LETTER_PITCH = 16;

/** Draws the pages of a space into a canvas: one pixel each into a picture that is then enlarged. */
export class GridPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #picture = document.createElement("canvas");
  #pixels = new ImageData(1, 1);
  #colours = new Uint32Array(1);
  #view: GridView | undefined;
  #firstRow = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** Draws everything that is seen. */
  draw(space: MapSpace, view: GridView): void {
    this.#view = view;
    const { first, end } = visibleRows(view.layout, view.scrollTop, view.height);
    const { columns } = view.layout;
    this.#resize(view, Math.max(1, end - first));
    this.#firstRow = first;
    const start = first * columns;
    this.#fill(space, start, Math.min(space.states.length, end * columns));
    contextOf(this.#picture).putImageData(this.#pixels, 0, 0);
    this.#enlarge(space, 0, end - first);
  }

  /** Draws again what has changed since the space was drawn last, in the same view. */
  update(space: MapSpace, changed: Uint32Array): void {
    if (this.#view === undefined) return;
    const { columns } = this.#view.layout;
    const start = this.#firstRow * columns;
    const end = Math.min(space.states.length, start + this.#pixels.height * columns);
    let [firstRow, lastRow] = [Infinity, -1];
    for (const page of changed) {
      if (page < start || page >= end) continue;
      this.#fill(space, page, page + 1);
      const row = Math.floor(page / columns) - this.#firstRow;
      firstRow = Math.min(firstRow, row);
      lastRow = Math.max(lastRow, row);
    }
    if (lastRow < 0) return;
    contextOf(this.#picture).putImageData(this.#pixels, 0, 0, 0, firstRow, columns, lastRow - firstRow + 1);
    this.#enlarge(space, firstRow, lastRow + 1);
  }

  #resize({ layout, width, height, pixelRatio }: GridView, rows: number): void {
    const canvas = this.#canvas;
    const [deviceWidth, deviceHeight] = [Math.max(1, Math.round(width * pixelRatio)), Math.max(1, Math.round(height * pixelRatio))];
    if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
    if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
    if (this.#pixels.width === layout.columns && this.#pixels.height === rows) return;
    this.#picture.width = layout.columns;
    this.#picture.height = rows;
    this.#pixels = new ImageData(layout.columns, rows);
    this.#colours = new Uint32Array(this.#pixels.data.buffer);
  }

  #fill({ states, owners }: MapSpace, first: number, end: number): void {
    const { layout, entries, palette } = this.#view!;
    const { byState, byOwner } = entries;
    const { fills } = palette;
    const colours = this.#colours;
    const start = this.#firstRow * layout.columns;
    if (owners === null || byOwner === null) {
      for (let page = first; page < end; page++) colours[page - start] = fills[byState[states[page]!]!]!;
    } else {
      for (let page = first; page < end; page++) {
        const owner = owners[page]!;
        colours[page - start] = fills[owner === 0 ? byState[states[page]!]! : byOwner[owner]!]!;
      }
    }
    // A last row that is not full may hold pages of an earlier picture.
    if (end === states.length) colours.fill(0, end - start);
  }

  /** Rows of the picture onto the canvas, with gaps and letters. */
  #enlarge(space: MapSpace, firstRow: number, endRow: number): void {
    const { layout, scrollTop, pixelRatio, palette } = this.#view!;
    const { pitch, columns } = layout;
    const context = contextOf(this.#canvas);
    const side = pitch * pixelRatio;
    const top = (this.#firstRow * pitch - scrollTop) * pixelRatio;
    context.imageSmoothingEnabled = false;
    context.clearRect(0, firstRow === 0 ? 0 : top + firstRow * side, this.#canvas.width, (endRow - firstRow) * side + side);
    const rows = endRow - firstRow;
    context.drawImage(this.#picture, 0, firstRow, columns, rows, 0, top + firstRow * side, columns * side, rows * side);
    const gap = gapOf(pitch) * pixelRatio;
    if (gap > 0) {
      context.fillStyle = palette.ground;
      for (let column = 1; column <= columns; column++) context.fillRect(column * side - gap, top + firstRow * side, gap, rows * side);
      for (let row = firstRow + 1; row <= endRow; row++) context.fillRect(0, top + row * side - gap, columns * side, gap);
    }
    if (pitch >= LETTER_PITCH) this.#write(space, firstRow, endRow);
  }

  #write(space: MapSpace, firstRow: number, endRow: number): void {
    const { layout, scrollTop, pixelRatio, palette, letters, names } = this.#view!;
    const { pitch, columns } = layout;
    const context = contextOf(this.#canvas);
    const side = (pitch - gapOf(pitch)) * pixelRatio;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const first = (this.#firstRow + firstRow) * columns;
    const end = Math.min(space.states.length, (this.#firstRow + endRow) * columns);
    for (let page = first; page < end; page++) {
      const entry = this.#entryOf(space, page);
      const cell = {
        x: (page % columns) * pitch * pixelRatio,
        y: (Math.floor(page / columns) * pitch - scrollTop) * pixelRatio,
        side,
        ink: palette.inks[entry] ?? "",
      };
      const name = names.get(page);
      if (name !== undefined) writeName(context, name, cell);
      else writeCentred(context, letters[entry] ?? "", LETTER_PART, cell);
      if (pitch >= NUMBER_PITCH) writeNumber(context, page, cell);
    }
  }

  #entryOf({ states, owners }: MapSpace, page: number): number {
    const { byState, byOwner } = this.#view!.entries;
    const owner = owners?.[page] ?? 0;
    return owner === 0 || byOwner === null ? byState[states[page]!]! : byOwner[owner]!;
  }
}

/** Cells of at least this size have their number in a corner. */
const NUMBER_PITCH = 40;
/** Sizes of texts as parts of a cell's side. */
const LETTER_PART = 0.5;
const NAME_PART = 0.24;

type Cell = { readonly x: number; readonly y: number; readonly side: number; readonly ink: string };

function writeCentred(context: CanvasRenderingContext2D, text: string, part: number, { x, y, side, ink }: Cell): void {
  if (text === "") return;
  context.font = `600 ${Math.round(side * part)}px system-ui, sans-serif`;
  context.fillStyle = ink;
  context.fillText(text, x + side / 2, y + side / 2, side * 0.94);
}

/** The whole name where there is room for it, else its first letter; names that are those of colours show them, as the lecture does. */
function writeName(context: CanvasRenderingContext2D, name: string, cell: Cell): void {
  const colour = name.replaceAll(" ", "");
  if (CSS.supports("color", colour)) {
    const edge = cell.side * 0.26;
    context.fillStyle = cell.ink;
    context.fillRect(cell.x + edge - 1, cell.y + cell.side * 0.62 - 1, cell.side - 2 * edge + 2, cell.side * 0.22 + 2);
    context.fillStyle = colour;
    context.fillRect(cell.x + edge, cell.y + cell.side * 0.62, cell.side - 2 * edge, cell.side * 0.22);
    cell = { ...cell, y: cell.y - cell.side * 0.08 };
  }
  if (cell.side >= NUMBER_PITCH * devicePixelRatio) writeCentred(context, name, NAME_PART, cell);
  else writeCentred(context, name.charAt(0), LETTER_PART * 0.8, cell);
}

function writeNumber(context: CanvasRenderingContext2D, page: number, { x, y, side, ink }: Cell): void {
  context.font = `${Math.round(side * 0.17)}px system-ui, sans-serif`;
  context.fillStyle = ink;
  context.textAlign = "left";
  context.fillText(String(page), x + side * 0.06, y + side * 0.13);
  context.textAlign = "center";
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser gives no 2D context for a canvas");
  return context;
}
