import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import {
  BUILT_IN_TRACES_FOLDER,
  deleteTrace,
  importBuiltInTraces,
  importTrace,
  listBuiltInTraces,
  listTraces,
  type StoredTrace,
} from "./index.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString, { max: 4 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

type Figures = Pick<StoredTrace, "name" | "description" | "referenceCount" | "pageCount" | "digest">;

function figures({ name, description, referenceCount, pageCount, digest }: Figures): Figures {
  return { name, description, referenceCount, pageCount, digest };
}

describe("the traces of the repository", () => {
  // Oracle: the figures that traces/record.ts wrote from the recorder's own text, before it became page numbers.
  test("import as recorded: every one with the references, pages and digest that its recording had", async () => {
    const listed = await listBuiltInTraces();
    expect(listed.length).toBeGreaterThanOrEqual(4);
    const imported = await importBuiltInTraces(pool);
    expect(imported.map(figures)).toEqual(listed.map(figures));
  });

  test("are imported once, and again only if their name is free", async () => {
    expect(await importBuiltInTraces(pool)).toEqual([]);
    await expect(deleteTrace(pool, "true")).rejects.toMatchObject({ code: "TRACE_IN_USE" });
    await deleteTrace(pool, "true", { force: true });
    const bytes = (async function* () {
      yield Buffer.from("1\n2\n");
    })();
    await deleteTrace(pool, "gzip", { force: true });
    await importTrace({ pool, source: { file: "own.pages", bytes }, name: "gzip" });
    expect((await importBuiltInTraces(pool)).map(({ name }) => name)).toEqual(["true"]);
    const gzip = (await listTraces(pool)).find(({ name }) => name === "gzip");
    expect(gzip?.referenceCount).toBe(2);
  });

  // Oracle: what a repository can bear, and what a comparison of policies needs: programs small and large.
  test("are small as files and differ in size as programs", async () => {
    const listed = await listBuiltInTraces();
    const files = await Promise.all(listed.map(({ file }) => stat(join(BUILT_IN_TRACES_FOLDER, file))));
    const sizes = files.map(({ size }) => size);
    for (const size of sizes) expect(size).toBeLessThan(300_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000);
    const pageCounts = listed.map(({ pageCount }) => pageCount);
    expect(Math.min(...pageCounts)).toBeLessThan(200);
    expect(Math.max(...pageCounts)).toBeGreaterThan(2000);
  });

  test("are none where there is no such folder, and a list that is none is refused by its path", async () => {
    const folder = await mkdtemp(join(tmpdir(), "ballast-list-"));
    try {
      expect(await importBuiltInTraces(pool, { folder })).toEqual([]);
      await writeFile(join(folder, "traces.json"), '[{ "name": 7 }]');
      await expect(listBuiltInTraces(folder)).rejects.toThrow(join(folder, "traces.json"));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
