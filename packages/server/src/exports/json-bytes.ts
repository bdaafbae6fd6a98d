import type { ExportTable } from "./table.ts";

/** A table as one JSON object per line and row. */
export async function* jsonBytes({ columns, rows }: ExportTable): AsyncGenerator<Uint8Array, void, void> {
  for await (const block of rows) {
    const lines = block.map((row) => {
      const members = columns.map(({ name, kind }, place) => {
        const cell = row[place] ?? null;
        return `${JSON.stringify(name)}:${kind === "json" && cell !== null ? String(cell) : JSON.stringify(cell)}`;
      });
      return `{${members.join(",")}}\n`;
    });
    yield Buffer.from(lines.join(""));
  }
}
