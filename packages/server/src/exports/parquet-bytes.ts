import { constants, zstdCompressSync } from "node:zlib";
import { ByteWriter, type ColumnSource, ParquetWriter } from "hyparquet-writer";
import type { Cell, ColumnKind, ExportColumn, ExportTable, Row } from "./table.ts";

/** What a writer holds before it writes them: some tens of megabytes of events. */
const ROWS_PER_GROUP = 65_536;
/** Level 1 took a fifth less space than Snappy on events, in the same time. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

type Schema = ConstructorParameters<typeof ParquetWriter>[0]["schema"];
type Values = unknown[];

const TYPES = {
  integer: { type: "INT64" },
  number: { type: "DOUBLE" },
  name: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  json: { type: "BYTE_ARRAY", converted_type: "JSON" },
  boolean: { type: "BOOLEAN" },
} as const satisfies Record<ColumnKind, object>;

/** A table as a Parquet file, written row group by row group; its metadata stands in the file's footer. */
export async function* parquetBytes({ columns, rows, metadata }: ExportTable): AsyncGenerator<Uint8Array, void, void> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    codec: "ZSTD",
    compressors: { ZSTD: (input) => zstdCompressSync(input, ZSTD) },
    createdBy: "ballast",
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  let group = new RowGroup(columns);
  for await (const block of rows) {
    for (const row of block) {
      group.add(row);
      if (group.length < ROWS_PER_GROUP) continue;
      yield write(writer, bytes, group);
      group = new RowGroup(columns);
    }
  }
  if (group.length > 0) yield write(writer, bytes, group);
  void writer.finish();
  yield taken(bytes);
}

function schemaOf(columns: readonly ExportColumn[]): Schema {
  const elements = columns.map(
    ({ name, kind, isRequired }) => ({ name, ...TYPES[kind], repetition_type: isRequired === true ? "REQUIRED" : "OPTIONAL" }) as const,
  );
  return [{ name: "ballast", num_children: columns.length }, ...elements];
}

/** Columns that grow by rows. One without a value in the group shares one array with the others of that kind. */
class RowGroup {
  length = 0;
  readonly #columns: readonly ExportColumn[];
  readonly #values: (Values | undefined)[];

  constructor(columns: readonly ExportColumn[]) {
    this.#columns = columns;
    this.#values = columns.map(() => undefined);
  }

  add(row: Row): void {
    for (const [place, cell] of row.entries()) {
      let values = this.#values[place];
      if (values === undefined) {
        if (cell === null) continue;
        values = new Array<null>(this.length).fill(null);
        this.#values[place] = values;
      }
      values.push(cell === null ? null : toValue(cell, this.#columns[place]?.kind));
    }
    this.length++;
  }

  data(): ColumnSource[] {
    const empty = new Array<null>(this.length).fill(null);
    return this.#columns.map(({ name, kind, isRequired }, place) => {
      const values = this.#values[place];
      if (values === undefined) return { name, data: empty, statistics: false };
      // Bounds of positions and times let a reader pass over row groups; of all columns they would take as long as everything else.
      const source = { name, data: values, statistics: isRequired === true && kind === "integer" };
      return kind === "name" ? { ...source, encoding: "RLE_DICTIONARY" } : source;
    });
  }
}

/** A cell as the writer takes it: it makes the text of a JSON value itself. */
function toValue(cell: NonNullable<Cell>, kind: ColumnKind | undefined): unknown {
  if (kind === "integer") return BigInt(cell);
  return kind === "json" ? JSON.parse(String(cell)) : cell;
}

function write(writer: ParquetWriter, bytes: ByteWriter, group: RowGroup): Uint8Array {
  void writer.write({ columnData: group.data(), rowGroupSize: group.length });
  return taken(bytes);
}

/** What has been written since the last time. The writer goes on counting its offset. */
function taken(bytes: ByteWriter): Uint8Array {
  const piece = new Uint8Array(bytes.buffer.slice(0, bytes.index));
  bytes.index = 0;
  return piece;
}
