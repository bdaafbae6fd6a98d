export type Column<Row> = {
  readonly title: string;
  /** Numbers stand on the right, texts on the left. */
  readonly align?: "left" | "right";
  readonly cell: (row: Row) => string;
};

const GAP = "  ";

/** Lines of a table with a heading and a rule. Widths count what is seen: escape sequences of colours take none. */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, index) =>
    Math.max(...[titles, ...cells].map((line) => seenLength(line[index] ?? ""))),
  );
  const format = (line: readonly string[]): string =>
    line
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align ?? "left"))
      .join(GAP)
      .trimEnd();
  return [format(titles), widths.map((width) => "-".repeat(width)).join(GAP), ...cells.map(format)];
}

function pad(cell: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - seenLength(cell)));
  return align === "right" ? space + cell : cell + space;
}

function seenLength(text: string): number {
  // oxlint-disable-next-line no-control-regex -- the escape character is what begins a colour
  return text.replaceAll(/\u001b\[[0-9;]*m/g, "").length;
}
