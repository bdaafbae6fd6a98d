import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { caseCount } from "@ballast/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvBytes } from "./csv-bytes.ts";
import { Duck, type DuckRow } from "./duckdb.fixture.ts";
import { parquetBytes } from "./parquet-bytes.ts";
import { type Cell, type ExportColumn, type ExportTable, inBlocks, type Row } from "./table.ts";

const COLUMNS: readonly ExportColumn[] = [
  { name: "integer", kind: "integer", isRequired: true },
  { name: "mayLack", kind: "integer" },
  { name: "number", kind: "number" },
  { name: "name", kind: "name" },
  { name: "text", kind: "text" },
  { name: "json", kind: "json" },
  { name: "boolean", kind: "boolean" },
  { name: "always empty", kind: "integer" },
];

const someText = fc.oneof(
  fc.constantFrom("", "=1+1", "+1", "-1", "@x", "\tx", "a,b", 'a"b', "a\nb", "a\r\nb", " a ", "\uff1d1", "NULL"),
  fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => text.replaceAll("\0", "")),
);
const int53 = fc.maxSafeInteger();

function orNull<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(value, { nil: null });
}

const someRow: fc.Arbitrary<Row> = fc.tuple(
  int53,
  orNull(int53),
  orNull(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  orNull(fc.oneof(fc.constantFrom("PageStolen", "PageHit"), someText)),
  orNull(someText),
  orNull(
    fc
      .array(fc.record({ vm: fc.nat(), figure: someText, value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })) }))
      .map((value) => JSON.stringify(value)),
  ),
  orNull(fc.boolean()),
  fc.constant(null),
);

let folder: string;
let duck: Duck;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-formats-"));
  duck = await Duck.open();
});

afterAll(() => {
  duck.close();
  rmSync(folder, { recursive: true, force: true });
});

function tableOfRows(rows: readonly Row[], metadata: Readonly<Record<string, string>> = {}): ExportTable {
  return { columns: COLUMNS, rows: inBlocks(rows), metadata };
}

async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

async function written(name: string, pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, Buffer.concat(await gathered(pieces)));
  return file;
}

function expectedRow(row: Row, cell: (cell: Cell, column: ExportColumn) => unknown): DuckRow {
  return Object.fromEntries(COLUMNS.map((column, place) => [column.name, cell(row[place] ?? null, column)]));
}

test("a table read back from Parquet is the table; oracle: DuckDB", async () => {
  const property = fc.asyncProperty(fc.array(someRow, { maxLength: 40 }), async (rows) => {
    const file = await written("any.parquet", parquetBytes(tableOfRows(rows)));
    const expected = rows.map((row) => expectedRow(row, (cell, { kind }) => (cell !== null && kind === "integer" ? BigInt(cell) : cell)));
    expect(await duck.rows(`from '${file}'`)).toEqual(expected);
  });
  await fc.assert(property, { numRuns: caseCount(30, 1_000) });
});

test("a table read back from CSV is the table, but for an apostrophe before what begins like a formula; oracle: DuckDB", async () => {
  const property = fc.asyncProperty(fc.array(someRow, { maxLength: 40 }), async (rows) => {
    const file = await written("any.csv", csvBytes(tableOfRows(rows)));
    const expected = rows.map((row) =>
      expectedRow(row, (cell) =>
        typeof cell === "string" && "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20".includes(cell.charAt(0) || "_")
          ? `'${cell}`
          : cell === null
            ? null
            : String(cell),
      ),
    );
    const read = `from read_csv('${file}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, new_line = '\\n', parallel = false)`;
    expect(await duck.rows(read)).toEqual(expected);
  });
  await fc.assert(property, { numRuns: caseCount(30, 1_000) });
});

test("texts that a spreadsheet would take for formulas are written behind an apostrophe, numbers as they are", async () => {
  const row = [-1, -2, -0.5, '=HYPERLINK("http://x")', "-x", null, true, null];
  const [, line] = Buffer.concat(await gathered(csvBytes(tableOfRows([row]))))
    .toString()
    .split("\n");
  expect(line).toBe(`-1,-2,-0.5,"'=HYPERLINK(""http://x"")","'-x",,true,`);
});

test("a Parquet file has types, a dictionary for names, several row groups and what it is of", async () => {
  const rows = Array.from({ length: 70_000 }, (_, index): Row => [index, null, index / 2, `name ${index % 3}`, "x", "[]", true, null]);
  const file = await written("large.parquet", parquetBytes(tableOfRows(rows, { "ballast.run": "of a test" })));
  const groups = await duck.rows(
    `select row_group_id as id, row_group_num_rows as rows, type, stats_min_value as least, encodings, compression
     from parquet_metadata('${file}') where path_in_schema in ('integer', 'name') order by 1, path_in_schema`,
  );
  expect(groups).toEqual([
    { id: 0n, rows: 65_536n, type: "INT64", least: "0", encodings: expect.any(String), compression: "ZSTD" },
    { id: 0n, rows: 65_536n, type: "BYTE_ARRAY", least: null, encodings: expect.stringContaining("RLE_DICTIONARY"), compression: "ZSTD" },
    { id: 1n, rows: 4_464n, type: "INT64", least: "65536", encodings: expect.any(String), compression: "ZSTD" },
    { id: 1n, rows: 4_464n, type: "BYTE_ARRAY", least: null, encodings: expect.stringContaining("RLE_DICTIONARY"), compression: "ZSTD" },
  ]);
  expect(await duck.rows(`select decode(key) as key, decode(value) as value from parquet_kv_metadata('${file}')`)).toEqual([
    { key: "ballast.run", value: "of a test" },
  ]);
  expect(await duck.rows(`select sum(integer)::bigint as sum, count(distinct name) as names, count(*) as count from '${file}'`)).toEqual([
    { sum: (70_000n * 69_999n) / 2n, names: 3n, count: 70_000n },
  ]);
});
