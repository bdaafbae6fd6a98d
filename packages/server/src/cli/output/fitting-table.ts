import { type Column, formatTable } from "./table.ts";
import { textWidth } from "./text-width.ts";

/**
 * A table with a line for each row; where it does not fit, a line for each column, with as many rows beside each other as
 * do fit. The first column names the rows then.
 */
export function fittingTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width = Infinity): string[] {
  const lines = formatTable(columns, rows);
  if (fits(lines, width) || rows.length === 0) return lines;
  for (let beside = rows.length; beside > 1; beside--) {
    const turned = turnedTables(columns, rows, beside);
    if (fits(turned, width)) return turned;
  }
  return turnedTables(columns, rows, 1);
}

function fits(lines: readonly string[], width: number): boolean {
  return lines.every((line) => textWidth(line) <= width);
}

function turnedTables<Row>([name, ...measures]: readonly Column<Row>[], rows: readonly Row[], beside: number): string[] {
  const lines: string[] = [];
  if (name === undefined) return lines;
  for (let at = 0; at < rows.length; at += beside) {
    const columns = rows.slice(at, at + beside).map((row): Column<Column<Row>> => {
      return { title: name.cell(row), align: "right", cell: (measure) => measure.cell(row) };
    });
    if (at > 0) lines.push("");
    lines.push(...formatTable([{ title: name.title, cell: ({ title }) => title }, ...columns], measures));
  }
  return lines;
}
