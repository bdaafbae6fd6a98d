import { fitText, textWidth } from "./text-width.ts";

export type Column<Row> = {
  readonly title: string;
  /** Numbers stand on the right, texts on the left. */
  readonly align?: "left" | "right";
  readonly cell: (row: Row) => string;
};

const GAP = "  ";
const ELLIPSIS = "...";
/** Less of a sentence than this tells nothing: then the line is rather too long. */
const SHORTEST_TEXT = 20;

/**
 * Lines of a table with a heading and a rule. Widths count what is seen: colours take none, and wide characters two columns. With a
 * `width`, such as a terminal's, the last column is cut to fit into it if it is a text.
 */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width = Infinity): string[] {
  const titles = columns.map(({ title }) => title);
  const cells = cutLast(columns, [titles, ...rows.map((row) => columns.map((column) => column.cell(row)))], width);
  const widths = widthsOf(columns, cells);
  const format = (line: readonly string[]): string =>
    line
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align ?? "left"))
      .join(GAP)
      .trimEnd();
  const [heading = "", ...lines] = cells.map(format);
  return [heading, widths.map((columnWidth) => "-".repeat(columnWidth)).join(GAP), ...lines];
}

function widthsOf(columns: readonly unknown[], cells: readonly (readonly string[])[]): number[] {
  return columns.map((_, index) => Math.max(...cells.map((line) => textWidth(line[index] ?? ""))));
}

function cutLast<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  width: number,
): readonly (readonly string[])[] {
  const last = columns.at(-1);
  const taken = widthsOf(columns.slice(0, -1), cells).reduce((total, columnWidth) => total + columnWidth + GAP.length, 0);
  const left = Math.max(width - taken, last?.title.length ?? 0, SHORTEST_TEXT);
  if (last?.align === "right") return cells;
  return cells.map((line) => line.with(-1, cut(line.at(-1) ?? "", left)));
}

function cut(text: string, width: number): string {
  return textWidth(text) <= width ? text : `${fitText(text, width - ELLIPSIS.length)}${ELLIPSIS}`;
}

function pad(cell: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - textWidth(cell)));
  return align === "right" ? space + cell : cell + space;
}
