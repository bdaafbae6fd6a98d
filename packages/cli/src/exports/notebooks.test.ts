import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { createTestDatabase, type TestDatabase } from "@ballast/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callBallast } from "../testing/call-ballast.ts";

const page = readFileSync(new URL("../../../../docs/notebooks.md", import.meta.url), "utf8");
const commands = blocks("console").flatMap((block) => block.trimEnd().split("\n"));

let folder: string;
let database: TestDatabase;
let duck: Awaited<ReturnType<DuckDBInstance["connect"]>>;

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))].map(([, code]) => code ?? "");
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-notebooks-"));
  database = await createTestDatabase();
  duck = await (await DuckDBInstance.create()).connect();
  await duck.run(`set file_search_path = '${folder}'`);
  for (const command of commands) {
    const words = command.replace(/^\$ ballast /, "").split(" ");
    const { code, stderr } = await callBallast(words, { DATABASE_URL: database.connectionString }, folder);
    if (code !== 0) throw new Error(`${command}: ${stderr}`);
  }
});

afterAll(async () => {
  duck.closeSync();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test.each(blocks("sql"))("DuckDB answers what docs/notebooks.md asks: %s", async (sql) => {
  const rows = (await duck.runAndReadAll(sql)).getRowObjectsJS();
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(Object.values(row)).not.toContain(null);
});

test("the JavaScript of the page asks for something that there is", async () => {
  const [, sql = ""] = /runAndReadAll\("([^"]+)"\)/.exec(blocks("js")[0] ?? "") ?? [];
  expect((await duck.runAndReadAll(sql)).currentRowCount).toBeGreaterThan(0);
});

test("the columns that the Python of the page names are those of the files, with the types of events among their values", async () => {
  const [python = ""] = blocks("python");
  const named = [...python.matchAll(/(?:columns=|subset=|isin\(|groupby\()\[?((?:"\w+"(?:, )?)+)|(?:index|values)="(\w+)"|\["(\w+)"\]/g)];
  const words = named.flatMap(([, ...groups]) => groups.flatMap((group) => group?.match(/\w+/g) ?? []));
  const files = ["events.parquet", "series.parquet", "runs.csv"];
  const columns = await Promise.all(
    files.map(async (file) => (await duck.runAndReadAll(`describe from '${file}'`)).getColumnsJS()[0] ?? []),
  );
  const types = (await duck.runAndReadAll("select distinct type from 'events.parquet'")).getColumnsJS()[0] ?? [];
  expect(words).toContain("residentPages");
  expect(words.filter((word) => ![...columns.flat(), ...types].includes(word))).toEqual([]);
});
