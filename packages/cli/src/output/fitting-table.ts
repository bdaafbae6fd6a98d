import { type Column, formatTable } from "./table.ts";
import { textWidth } from "./text-width.ts";

/** A column of a turned table takes at least a gap and a character. */
const MIN_COLUMN_WIDTH = 3;

type Layout = { readonly beside: number; readonly align: "left" | "right"; readonly width?: number };

/**
 * A table with a line for each row, its last column cut if that is a text; where it does not fit, a line for each column, with
 * as many rows beside each other as do fit. The first column names the rows then. Texts that are too long for one row alone
 * are cut.
 */
export function fittingTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width = Infinity): string[] {
  const lines = formatTable(columns, rows, width);
  if (fits(lines, width) || rows.length === 0) return lines;
  for (let beside = Math.min(rows.length, Math.ceil(width / MIN_COLUMN_WIDTH)); beside > 0; beside--) {
    const turned = turnedTables(columns, rows, { beside, align: "right" });
    if (fits(turned, width)) return turned;
  }
  return turnedTables(columns, rows, { beside: 1, align: "left", width });
}

function fits(lines: readonly string[], width: number): boolean {
  return lines.every((line) => textWidth(line) <= width);
}

function turnedTables<Row>([name, ...measures]: readonly Column<Row>[], rows: readonly Row[], { beside, align, width }: Layout): string[] {
  const lines: string[] = [];
  if (name === undefined) return lines;
  for (let at = 0; at < rows.length; at += beside) {
    const columns = rows.slice(at, at + beside).map((row): Column<Column<Row>> => {
      return { title: name.cell(row), align, cell: (measure) => measure.cell(row) };
    });
    if (at > 0) lines.push("");
    lines.push(...formatTable([{ title: name.title, cell: ({ title }) => title }, ...columns], measures, width));
  }
  return lines;
}
