/** Lines of a table in Markdown. */
export function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [tableRow(titles), tableRow(titles.map(() => "---")), ...rows.map(tableRow)];
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
