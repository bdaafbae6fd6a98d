import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { parquetBytes } from "./parquet-bytes.ts";
import { parquetBytesInThread } from "./parquet-in-thread.ts";
import { type ExportTable, type ItemColumn, tableOf } from "./table.ts";

const COLUMNS: readonly ItemColumn<number>[] = [
  { name: "number", kind: "integer", isRequired: true, cell: (item) => item },
  { name: "name", kind: "name", cell: (item) => (item % 3 === 0 ? null : `name ${item % 7}`) },
  { name: "list", kind: "json", cell: (item) => JSON.stringify([item]) },
];

const rows = Array.from({ length: 3_000 }, (_, index) => index);

const table = (items: Iterable<number>): ExportTable => tableOf(COLUMNS, items, { "ballast.table": "numbers" });

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat((await Readable.from(pieces).toArray()) as Uint8Array[]);
}

test("a thread writes the same bytes as the caller would; oracle: parquetBytes", async () => {
  expect((await bytesOf(parquetBytesInThread(table(rows)))).equals(await bytesOf(parquetBytes(table(rows))))).toBe(true);
  expect((await bytesOf(parquetBytesInThread(table([])))).equals(await bytesOf(parquetBytes(table([]))))).toBe(true);
});

test("what the rows throw, and what the thread throws, ends the file", async () => {
  const failing = function* (): Generator<number> {
    yield* rows.slice(0, 1_000);
    throw new Error("the database is gone");
  };
  await expect(bytesOf(parquetBytesInThread(table(failing())))).rejects.toThrow("the database is gone");
  const wrong = tableOf([{ name: "json", kind: "json", cell: () => "{" }], [1], {});
  await expect(bytesOf(parquetBytesInThread(wrong))).rejects.toThrow(/JSON/);
});
