import { resolve } from "node:path";
import { csvBytes, type ExportTable, jsonBytes, parquetBytes } from "@ballast/server/exports";
import type { Cli } from "../cli.ts";
import { showCount } from "@ballast/core/quantities";
import { writeWholeFile } from "../output/whole-file.ts";
import { STANDARD_STREAM } from "../standard-stream.ts";
import type { ExportFormat, ExportTarget } from "./export-options.ts";

const WRITERS = { csv: csvBytes, json: jsonBytes, parquet: parquetBytes } satisfies Record<ExportFormat, unknown>;

/** Writes a table to each target; `read` begins to read it, once for each. */
export async function exportTable(cli: Cli, targets: readonly ExportTarget[], read: () => ExportTable): Promise<void> {
  for (const { format, file } of targets) {
    const counted = countingRows(read());
    const pieces = WRITERS[format](counted.table);
    if (file === STANDARD_STREAM) await cli.output.bytes(pieces);
    else await writeWholeFile(resolve(cli.folder, file), pieces, cli.signal);
    if (file !== STANDARD_STREAM) cli.progress.say(`${file} has ${showCount(counted.rowCount())} rows.`);
  }
}

function countingRows(table: ExportTable): { readonly table: ExportTable; readonly rowCount: () => number } {
  let count = 0;
  const rows = async function* (): ExportTable["rows"] extends AsyncIterable<infer Block> ? AsyncGenerator<Block> : never {
    for await (const block of table.rows) {
      count += block.length;
      yield block;
    }
  };
  return { table: { ...table, rows: rows() }, rowCount: () => count };
}
