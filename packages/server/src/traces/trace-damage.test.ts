import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, inTransaction, type Pool } from "../database/index.ts";
import { createRunRow } from "../event-store/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import {
  fillNextTrace,
  importTrace,
  keepTracesForRun,
  listTracePages,
  loadPageNames,
  loadTrace,
  openTraceReader,
  traceParts,
  tracesOfRun,
} from "./index.ts";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";
import { expandReferences } from "@ballast/core/trace";

/** Two blocks, and pages of two chunks. */
const REFERENCES = 70_000;
const PAGES = 66_000;
const RUNS = caseCount(1, 60);

let database: TestDatabase;
let pool: Pool;
let run: number;
let undamaged: Awaited<ReturnType<typeof readAll>>;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString, { max: 4 });
  await importAgain("named", 1);
  await importAgain("other", 7);
  run = await inTransaction(pool, async (client) => {
    const created = await createRunRow(pool, { status: "completed" }, client);
    await keepTracesForRun(client, created, ["named", "other"]);
    return created;
  });
  undamaged = await readAll();
  await keepRows();
}, 120_000);

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Whether it was not there. */
async function importAgain(name = "named", step = 1): Promise<boolean> {
  const lines = Array.from({ length: REFERENCES }, (_, index) => `object-${(index * step) % PAGES}`).join("\n");
  const bytes = (async function* () {
    yield Buffer.from(lines);
  })();
  return (await importTrace({ pool, source: { file: `${name}.txt`, bytes }, name, format: "object-ids" })).imported;
}

/** An import puts the whole trace in place; one more finds it there. */
async function replace(): Promise<void> {
  expect(await importAgain()).toBe(true);
  if (isLongRun) expect(await importAgain()).toBe(false);
  expect(await readAll()).toEqual(undamaged);
  await keepRows();
}

const STORED = ["traces", "trace_blocks", "trace_pages", "trace_page_names"] as const;

async function keepRows(): Promise<void> {
  for (const table of STORED) await pool.query(`drop table if exists kept_${table}; create table kept_${table} as table ${table}`);
}

/** The rows as they were before the damage: much faster than an import. */
async function putBack(): Promise<void> {
  await inTransaction(pool, async (client) => {
    for (const table of STORED.toReversed()) await client.query(`delete from ${table}`);
    for (const table of STORED) await client.query(`insert into ${table} overriding system value select * from kept_${table}`);
  });
}

/** Blocks share their memory: their content, in short. */
function describeBlock(block: object): string {
  const hash = createHash("sha256");
  for (const column of Object.values(block))
    hash.update(ArrayBuffer.isView(column) ? new Uint8Array(column.buffer, column.byteOffset, column.byteLength) : String(column));
  return hash.digest("hex");
}

/** Everything that is read of a trace, expanded. */
async function readAll() {
  const trace = await loadTrace(pool, "named");
  const reader = openTraceReader(trace);
  const references = trace.blocks.map((_, index) => describeBlock(expandReferences(reader.block(index))));
  const { originalPages, digest, referenceCount, pageCount } = trace;
  const names = await loadPageNames(pool, "named");
  const pages = await listTracePages(pool, "named", { from: PAGES - 100, limit: 100 });
  return { references, originalPages, digest, referenceCount, pageCount, names, pages, ofRun: await tracesOfRun(pool, run) };
}

const flip = (column: string, at: number): string =>
  `${column} = set_byte(${column}, ${at} % length(${column}), get_byte(${column}, ${at} % length(${column})) # ${1 << (at % 8)})`;
const NAMED = "(select id from traces where name = 'named')";
const OTHER = "(select id from traces where name = 'other')";

/** SQL by what it does to piece `index` of a table. */
const PIECE_DAMAGES: Readonly<Record<string, (table: string, column: string, index: number, at: number) => string>> = {
  flipped: (table, column, index, at) => `update ${table} set ${flip("payload", at)} where trace_id = ${NAMED} and ${column} = ${index}`,
  "cut short": (table, column, index, at) =>
    `update ${table} set payload = substring(payload for ${at} % length(payload)) where trace_id = ${NAMED} and ${column} = ${index}`,
  emptied: (table, column, index) => `update ${table} set payload = '' where trace_id = ${NAMED} and ${column} = ${index}`,
  deleted: (table, column, index) => `delete from ${table} where trace_id = ${NAMED} and ${column} = ${index}`,
  "that of another place": (table, column, index) =>
    `update ${table} t set payload = o.payload, checksum = o.checksum from ${table} o where t.trace_id = ${NAMED} and t.${column} = ${index} and o.trace_id = t.trace_id and o.${column} = 1 - t.${column}`,
  "that of another trace": (table, column, index) =>
    `update ${table} t set payload = o.payload, checksum = o.checksum from ${table} o where t.trace_id = ${NAMED} and t.${column} = ${index} and o.trace_id = ${OTHER} and o.${column} = t.${column}`,
  "without its checksum": (table, column, index) =>
    `update ${table} set checksum = null where trace_id = ${NAMED} and ${column} = ${index}`,
};
const TABLES = [
  ["trace_blocks", "block_index"],
  ["trace_pages", "chunk_index"],
  ["trace_page_names", "chunk_index"],
] as const;

async function damages(): Promise<string[]> {
  const found: string[] = [];
  for await (const { part, what } of traceParts.damages(pool, run)) found.push(`${part} ${what}`);
  return found;
}

const refused = { code: "HISTORY_DAMAGED", message: expect.stringMatching(/^Trace named is damaged: a .*ballast import/) };

test.each(TABLES.flatMap(([table, column]) => Object.keys(PIECE_DAMAGES).map((kind) => [table, kind, column] as const)))(
  "a row of %s %s is refused with its place, and replaced by an import; oracle: what was read before",
  async (table, kind, column) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1), fc.nat(), async (index, at) => {
        await pool.query(PIECE_DAMAGES[kind]!(table, column, index, at));
        await expect(readAll()).rejects.toMatchObject(refused);
        expect(await damages()).toEqual([expect.stringContaining(`number ${index} (`)]);
        await (isLongRun || kind === "flipped" ? replace() : putBack());
      }),
      { numRuns: kind === "flipped" ? RUNS : 1 },
    );
  },
  120_000,
);

/** After the other alterations `npm test` puts the rows back, which costs less. */
const IMPORTED_AGAIN: ReadonlySet<string> = new Set(["its digest", "its checksum"]);

test.each([
  ["its counts", "reference_count = reference_count - 1"],
  ["its number of blocks", "block_count = block_count - 1"],
  ["its format", "format = 'lackey'"],
  ["its digest", "digest = reverse(digest)"],
  ["its number of pages", "page_count = page_count - 1"],
  ["its number of names", "name_chunk_count = 0"],
  ["its checksum", "checksum = null"],
])(
  "a trace whose row was altered in %s is refused, and replaced by an import; oracle: what was read before",
  async (what, change) => {
    await pool.query(`update traces set ${change} where name = 'named'`);
    await expect(loadTrace(pool, "named")).rejects.toMatchObject(refused);
    await (isLongRun || IMPORTED_AGAIN.has(what) ? replace() : putBack());
  },
  120_000,
);

test("a run whose reference to its trace was altered says so; oracle: the reference before", async () => {
  await pool.query("update run_traces set digest = (select digest from traces where name = 'other') where trace_name = 'named'");
  await expect(tracesOfRun(pool, run)).rejects.toMatchObject({
    code: "HISTORY_DAMAGED",
    message: expect.stringContaining("reference to a trace"),
  });
  expect(await damages()).toEqual([expect.stringContaining('("named")')]);
  await pool.query("update run_traces set digest = $1 where trace_name = 'named'", [undamaged.digest]);
  expect([await damages(), await tracesOfRun(pool, run)]).toEqual([[], undamaged.ofRun]);
}, 60_000);

test("traces of a version before checksums get theirs if they are whole, and are damaged if not; oracle: what was read before", async () => {
  const forget = async (): Promise<void> => {
    await pool.query("update traces set checksum = null, name_chunk_count = null");
    for (const [table] of TABLES) await pool.query(`update ${table} set checksum = null`);
    await pool.query("insert into unchecked_owners (kind, id) select 'trace', id from traces");
  };
  await forget();
  expect(await readAll()).toEqual(undamaged);
  expect([await fillNextTrace(pool), await fillNextTrace(pool), await fillNextTrace(pool)]).toEqual([true, true, false]);
  expect([await readAll(), await damages()]).toEqual([undamaged, []]);
  await forget();
  await pool.query(PIECE_DAMAGES["flipped"]!("trace_blocks", "block_index", 1, 77));
  while (await fillNextTrace(pool));
  await expect(readAll()).rejects.toMatchObject(refused);
  expect([await importAgain(), await readAll()]).toEqual([true, undamaged]);
}, 120_000);
