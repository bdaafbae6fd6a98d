import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { exportTrace, importTrace, loadPageNames, loadTrace, type StoredTrace, type ExportFormat } from "./index.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString, { max: 2 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function keep(name: string, file: string, pieces: Iterable<Uint8Array>, options: object = {}): Promise<StoredTrace> {
  const bytes = (async function* () {
    yield* pieces;
  })();
  return (await importTrace({ pool, source: { file, bytes }, name, ...options })).trace;
}

async function exported(name: string, format: ExportFormat): Promise<Uint8Array[]> {
  return Array.from(exportTrace(await loadTrace(pool, name), format, await loadPageNames(pool, name)), (piece) => piece.slice());
}

/** More than a block, with sparse pages of up to 64 bits. */
function lines(kinds: string): string[] {
  return Array.from(
    { length: 70_000 },
    (_, at) => `${kinds[at % kinds.length]} 0x${((BigInt(at % 997) << 54n) | BigInt(at % 13)).toString(16)}`,
  );
}

const csvColumns = { unit: "page", csv: { pageColumn: "page", kindColumn: "kind" } };

// Oracle: the digest is over all references, their kinds and the original pages.
test.each([
  ["pages", "ILSM", "out.pages", {}],
  ["csv", "ILSM", "out.csv", csvColumns],
  ["oracleGeneral", "L", "out.oracleGeneral", {}],
] as const)("what is exported as %s and imported again is the same trace", async (format, kinds, file, options) => {
  const text = Buffer.from(lines(kinds).join("\n"));
  const { digest } = await keep(`${format}-before`, "in.pages", [text]);
  const again = await keep(`${format}-after`, file, await exported(`${format}-before`, format), options);
  expect(again).toMatchObject({ digest, referenceCount: 70_000 });
});

test("a CSV has the names of objects, whatever is in them", async () => {
  const names = ["plain", "with, comma", 'with "quotes"', "plain"];
  const input = [Buffer.from(names.join("\n"))];
  const { digest } = await keep("objects", "in.txt", input, { format: "object-ids" });
  const csv = Buffer.concat(await exported("objects", "csv")).toString();
  expect(csv.split("\n")).toEqual(["object,kind", '"plain",L', '"with, comma",L', '"with ""quotes""",L', '"plain",L', ""]);
  const options = { unit: "object", csv: { pageColumn: "object", kindColumn: "kind" } };
  expect(await keep("objects-again", "out.csv", [Buffer.from(csv)], options)).toMatchObject({ digest });
});

test("formats without names number the pages from 0", async () => {
  await keep("words", "in.txt", [Buffer.from("b\na\nb\n")], { format: "object-ids" });
  expect(Buffer.concat(await exported("words", "pages")).toString()).toBe("L 0\nL 1\nL 0\n");
  const records = Buffer.concat(await exported("words", "oracleGeneral"));
  // By hand: object and next access of each record, counted from 1.
  expect([0, 1, 2].map((at) => [records.readBigUInt64LE(24 * at + 4), records.readBigInt64LE(24 * at + 16)])).toEqual([
    [0n, 3n],
    [1n, -1n],
    [0n, -1n],
  ]);
});
