import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { importTrace, listTracePages, loadPageNames, loadTrace } from "./index.ts";

let database: TestDatabase;
let pool: Pool;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString, { max: 2 });
  folder = await mkdtemp(join(tmpdir(), "ballast-readings-"));
});

afterAll(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await pool.query("delete from traces");
});

async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const course = "l 0x190a7c20\ns 0x190a7c28\nl 0x190a8000\n";

describe("a list with two readings", () => {
  // Oracle: three different numbers; the first two are in page 0x190a7.
  test("is refused with what each reading gives, counted over the whole file, and nothing is kept", async () => {
    for (const source of [await file("course.txt", course), await file("course.txt.gz", gzipSync(course))]) {
      const failure = await importTrace({ pool, source, name: "new" }).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "TRACE_INVALID", reason: "reading-ambiguous", line: 1 });
      const { message } = failure as Error;
      expect(message).toContain('"0x190a7c20" may be a page number or an address in bytes');
      expect(message).toContain("in all of it:\n  --unit page: 3 references to 3 pages\n  --unit address: 3 references to 2 pages");
    }
    expect((await pool.query("select from traces")).rowCount).toBe(0);
  });

  test("is counted over what is known of a stream", async () => {
    const bytes = (async function* () {
      yield Buffer.from(course);
    })();
    const source = { file: "upload", bytes };
    await expect(importTrace({ pool, source, name: "new" })).rejects.toThrow(/in its first 39 bytes:\n {2}--unit page: 3 ref/);
  });

  test("is read as one says", async () => {
    const source = await file("course.txt", course);
    const pages = await importTrace({ pool, source, name: "pages", unit: "page" });
    const addresses = await importTrace({ pool, source, name: "addresses", unit: "address" });
    expect([pages.trace.pageCount, addresses.trace.pageCount]).toEqual([3, 2]);
    expect([pages.reading.unit, addresses.reading.unit]).toEqual(["page", "address"]);
    expect(addresses.trace).toMatchObject({ loadCount: 2, storeCount: 1 });
  });

  // Oracle: label 0 and address 0x10, or column 2 with the number 10.
  test("of two formats is asked for with the formats, and says where one of them cannot read on", async () => {
    const source = await file("requests.txt", `${"0 10\n".repeat(20_000)}0 1f\n`);
    const failure = importTrace({ pool, source, name: "new" });
    await expect(failure).rejects.toThrow(/--format dinero: 20001 references to 1 page\n/);
    await expect(failure).rejects.toThrow(/--format csv --csv delimiter=blank: it cannot be read so \(line 20001: column 2 /);
  });
});

describe("the closing report", () => {
  test("counts what was no reference, requests of size 0, and tells the names and the delimiter", async () => {
    const text = 'offset;size;op\n\n"0";4096;read\n4096;0;write\n\n';
    const csv = { pageColumn: "offset", sizeColumn: "size", kindColumn: "op" };
    const { trace, report, reading } = await importTrace({ pool, source: await file("r.csv", text), unit: "address", csv });
    expect(trace).toMatchObject({ referenceCount: 2, pageCount: 2, loadCount: 1, storeCount: 1 });
    expect(reading).toMatchObject({ format: "csv", unit: "address" });
    expect(report).toMatchObject({ header: ["offset", "size", "op"], delimiter: ";", zeroSizeRequests: 1 });
    expect(report.skipped).toMatchObject({ empty: 2, comment: 0 });
  });

  test("says when a recording of Pin does not end as it should", async () => {
    const source = await file("pinatrace.out", "0x1: R 0x7ff0\n0x4: W 0x7ff8\n");
    const { trace, report } = await importTrace({ pool, source });
    expect(trace).toMatchObject({ format: "pinatrace", referenceCount: 2, pageCount: 1 });
    expect(report.notes).toEqual([expect.stringMatching(/not #eof.*cut off/)]);
  });
});

describe("names of pages", () => {
  test("are kept for objects and spaces, and are part of the content", async () => {
    const ids = await importTrace({ pool, source: await file("a.txt", "user:1/ä\nb\nuser:1/ä\n"), format: "object-ids" });
    const others = await importTrace({ pool, source: await file("b.txt", "user:2\nc\nuser:2\n"), format: "object-ids" });
    expect(await loadPageNames(pool, "a")).toEqual(["user:1/ä", "b"]);
    expect(ids.trace.digest).not.toBe(others.trace.digest);
    const csv = { pageColumn: 2, spaceColumn: [1] };
    await importTrace({ pool, source: await file("disks.csv", "sda,7\nsdb,7\nsda,7\n"), csv });
    expect(await loadPageNames(pool, "disks")).toEqual(["sda/0x7", "sdb/0x7"]);
    expect(await listTracePages(pool, "disks", { from: 1, limit: 9 })).toEqual([{ page: 1, name: "sdb/0x7" }]);
  });

  test("are not kept where numbers say all, and go with their trace", async () => {
    await importTrace({ pool, source: await file("n.pages", "7\n8\n") });
    expect(await loadPageNames(pool, "n")).toBeUndefined();
    expect((await loadTrace(pool, "n")).pageCount).toBe(2);
    expect(await listTracePages(pool, "n", { from: 0, limit: 2 })).toEqual([
      { page: 0, name: "0x7" },
      { page: 1, name: "0x8" },
    ]);
    await importTrace({
      pool,
      source: await file("many.txt", Array.from({ length: 70_000 }, (_, i) => `id-${i}`).join("\n")),
      format: "object-ids",
    });
    expect((await loadPageNames(pool, "many"))?.at(-1)).toBe("id-69999");
    // Across the end of a stored chunk of 65,536 names; behind the last page there is none.
    const pages = await listTracePages(pool, "many", { from: 65_535, limit: 2 });
    expect(pages).toEqual([
      { page: 65_535, name: "id-65535" },
      { page: 65_536, name: "id-65536" },
    ]);
    expect(await listTracePages(pool, "many", { from: 69_999, limit: 100 })).toEqual([{ page: 69_999, name: "id-69999" }]);
    expect(await listTracePages(pool, "many", { from: 70_000, limit: 100 })).toEqual([]);
    await importTrace({ pool, source: await file("sparse.pages", Array.from({ length: 70_000 }, (_, i) => i * 3).join("\n")) });
    expect(await listTracePages(pool, "sparse", { from: 66_000, limit: 1 })).toEqual([{ page: 66_000, name: "0x30570" }]);
    await pool.query("delete from traces");
    expect((await pool.query("select from trace_page_names")).rowCount).toBe(0);
  });
});

test.each([
  [{ unit: "frame" }, /There is no unit "frame"\. There are: page, address, object\./],
  [{ format: "xls" }, /There is no trace format "xls"/],
  [{ unit: "object" }, /read as page-numbers .* never of unit object/],
  [{ csv: { sizeColumn: 3 } }, /sizes are of addresses: they need --unit address/],
] as const)("options that cannot be used are refused: %j", async (options, message) => {
  const source = await file("o.txt", "1\n2\n");
  const given = { pool, source, ...options } as Parameters<typeof importTrace>[0];
  await expect(importTrace(given)).rejects.toMatchObject({ code: "INPUT_INVALID", message: expect.stringMatching(message) });
});
