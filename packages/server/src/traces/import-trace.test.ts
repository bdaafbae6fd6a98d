import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { expandReferences, formatOriginalPage, type Trace, TraceError } from "@ballast/core/trace";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPool, type Pool } from "../database/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { importTrace, listTraces, loadTrace, openTraceReader } from "./index.ts";
import { caseCount } from "@ballast/core/testing/case-count";

let database: TestDatabase;
let pool: Pool;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString, { max: 4 });
  folder = await mkdtemp(join(tmpdir(), "ballast-traces-"));
});

afterAll(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await pool.query("delete from traces");
});

/** 140,000 references, so that a trace has more than two blocks: a scan by instructions among loads and stores. */
const longLines = Array.from({ length: 140_000 }, (_, i) => {
  return `${"ILSM"[i % 4]} 0x${(4_194_304 + (i % 3000)).toString(16)}`;
});
const long = Buffer.from(`${longLines.join("\n")}\n`);

async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** References as text again, from the stored trace. */
function textOf(trace: Trace): string[] {
  const reader = openTraceReader(trace);
  const lines: string[] = [];
  for (let index = 0; index < reader.blockCount; index += 1) {
    const { pages, kinds } = expandReferences(reader.block(index));
    for (let i = 0; i < pages.length; i += 1) {
      lines.push(`${"ILSM"[kinds[i] as number]} ${formatOriginalPage(trace.originalPages, pages[i] as number)}`);
    }
  }
  return lines;
}

async function countRows(): Promise<Record<string, number>> {
  const { rows } = await pool.query<Record<string, number>>(
    `select (select count(*)::int from traces) as traces, (select count(*)::int from trace_blocks) as blocks,
       (select count(*)::int from trace_pages) as pages`,
  );
  return rows[0] ?? {};
}

describe("importing a trace", () => {
  // Oracle: the lines that were written.
  test("keeps every reference in its order, with its kind and its original page", async () => {
    const { trace, imported } = await importTrace({ pool, source: await file("long.pages", long), description: "a scan" });
    expect(imported).toBe(true);
    expect(trace).toMatchObject({
      name: "long",
      description: "a scan",
      format: "page-numbers",
      referenceCount: 140_000,
      instructionCount: 35_000,
      modifyCount: 35_000,
      pageCount: 3000,
      pageBytes: 4096,
    });
    const loaded = await loadTrace(pool, "long");
    expect(loaded.blocks).toHaveLength(3);
    expect(textOf(loaded)).toEqual(longLines);
    expect(loaded).toMatchObject({ digest: trace.digest, referenceCount: 140_000, pageCount: 3000 });
    expect(await listTraces(pool)).toEqual([trace]);
  });

  test("gives the same content from plain, gzip and zstd files, from several frames, and from a stream", async () => {
    const half = long.indexOf("\n", long.length / 2) + 1;
    const halves = [long.subarray(0, half), long.subarray(half)];
    const sources = [
      await file("plain.pages", long),
      await file("one.pages.gz", gzipSync(long)),
      await file("one.pages.zst", zstdCompressSync(long)),
      await file("two.pages.gz", Buffer.concat(halves.map((bytes) => gzipSync(bytes)))),
      await file("two.pages.zst", Buffer.concat(halves.map((bytes) => zstdCompressSync(bytes)))),
      await file("misnamed", gzipSync(long)),
      {
        file: "upload",
        bytes: (async function* () {
          yield* halves;
        })(),
      },
    ];
    const digests = new Set<string>();
    for (const [index, source] of sources.entries()) {
      const { trace } = await importTrace({ pool, source, name: `trace-${index}`, unit: "page" });
      expect(trace.referenceCount).toBe(140_000);
      digests.add(trace.digest);
    }
    expect(digests.size).toBe(1);
  });

  // Oracle: one reference changed, or the same references at other original pages, is other content.
  test("gives other content another digest", async () => {
    const texts = ["1\n2\n1\n", "1\n2\n2\n", "S 1\n2\n1\n", "1\n3\n1\n", "1\n2\n"];
    const digests = new Set<string>();
    for (const [index, text] of texts.entries()) {
      const { trace } = await importTrace({ pool, source: await file(`t${index}.pages`, text) });
      digests.add(trace.digest);
    }
    expect(digests.size).toBe(texts.length);
  });

  test("round-trips any sparse 64-bit pages and kinds", async () => {
    const reference = fc.tuple(fc.constantFrom("I", "L", "S", "M"), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
    await fc.assert(
      fc.asyncProperty(fc.array(reference, { minLength: 1, maxLength: 60 }), async (references) => {
        const lines = references.map(([kind, page]) => `${kind} 0x${page.toString(16)}`);
        await pool.query("delete from traces");
        await importTrace({ pool, source: await file("any.pages", lines.join("\n")) });
        expect(textOf(await loadTrace(pool, "any"))).toEqual(lines);
      }),
      { numRuns: caseCount(10, 100) },
    );
  });

  test("reports the bytes read of the file and ends at all of them", async () => {
    const compressed = gzipSync(long);
    const seen: { bytes: number; totalBytes: number | undefined; referenceCount: number }[] = [];
    const source = await file("seen.pages.gz", compressed);
    await importTrace({ pool, source, onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.map(({ referenceCount }) => referenceCount)).toEqual(
      seen.map(({ referenceCount }) => referenceCount).sort((a, b) => a - b),
    );
    const total = compressed.length;
    expect(seen.at(-1)).toMatchObject({ bytes: total, totalBytes: total });
  });
});

describe("a trace that cannot be read", () => {
  const lackey = " L 04016f40,8\n";
  const cutGzip = gzipSync(long).subarray(0, 5000);
  const wholeZstd = zstdCompressSync(long);
  const cutZstd = wholeZstd.subarray(0, wholeZstd.length / 2);
  const damaged = Buffer.from(gzipSync(long));
  damaged.fill(0xff, damaged.length - 8);

  const cutRecords = Buffer.alloc(100);
  for (let at = 16; at < 96; at += 24) cutRecords.writeBigInt64LE(-1n, at);
  const manyLines = `${lackey.repeat(70_000)}rubbish\n`;
  const gigantic = `${lackey}${"x".repeat(3e6)}`;

  test.each([
    [
      "a truncated gzip",
      "cut.pages.gz",
      cutGzip,
      "compression-damaged",
      /byte 5000 \(after \d+ expanded bytes\): the gzip data ends too early/,
    ],
    ["a truncated zstd", "cut.pages.zst", cutZstd, "compression-damaged", /zstd data ends too early/],
    ["a gzip with a wrong check sum", "bad.pages.gz", damaged, "compression-damaged", /checksum does not fit its content/],
    ["a line of rubbish", "bad.lackey", manyLines, "line-invalid", /bad\.lackey:70001 .*"rubbish"/],
    ["a binary of wrong length", "w.oracleGeneral", cutRecords, "length-invalid", /byte 96 .*4 of 24 bytes/],
    ["an empty file", "empty.lackey", "", "trace-empty", /has no bytes/],
    ["an empty file in gzip", "empty.lackey.gz", gzipSync(""), "trace-empty", /has no bytes/],
    ["a recording of nothing", "quiet.lackey", "==1== Lackey\n", "trace-empty", /no memory access/],
    ["a line of gigantic length", "long.lackey", gigantic, "line-too-long", /long\.lackey:2 .*65536/],
    ["an unknown format", "letter.txt", "Dear reader,\n", "format-unknown", /Name the format: lackey/],
  ])("%s is refused with file and place, and leaves nothing behind", async (_, name, bytes, reason, message) => {
    const path = await file(name, bytes);
    const failure = await importTrace({ pool, source: path, name: "new" }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TraceError);
    expect(failure).toMatchObject({ code: "TRACE_INVALID", reason, file: path });
    expect(failure).toMatchObject({ message: expect.stringMatching(message) });
    expect(await countRows()).toEqual({ traces: 0, blocks: 0, pages: 0 });
  });

  test("a file that is not there, or is a folder, is refused by its path", async () => {
    for (const [source, message] of [
      [join(folder, "nowhere.lackey"), /nowhere\.lackey: there is no such file/],
      [folder, /this is a folder/],
    ] as const) {
      await expect(importTrace({ pool, source, name: "new" })).rejects.toMatchObject({
        reason: "file-missing",
        message: expect.stringMatching(message),
      });
    }
  });

  test("a stream that breaks off fails with its own error and leaves nothing behind", async () => {
    const bytes = (async function* () {
      yield long;
      throw new Error("the line went dead");
    })();
    const source = { file: "upload", bytes };
    await expect(importTrace({ pool, source, name: "new", unit: "page" })).rejects.toThrow("the line went dead");
    expect(await countRows()).toEqual({ traces: 0, blocks: 0, pages: 0 });
  });

  test.each([[""], ["-a"], ["a b"], ["x".repeat(101)], ["../up"]])("the name %j is refused", async (name) => {
    const source = await file("ok.pages", "1\n");
    await expect(importTrace({ pool, source, name })).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });
});

describe("a name that is taken", () => {
  test("is refused for other content, with the figures of both, and the first one stays", async () => {
    await importTrace({ pool, source: await file("first.pages", "1\n2\n"), name: "same" });
    const rows = await countRows();
    await expect(importTrace({ pool, source: await file("second.pages", long), name: "same" })).rejects.toMatchObject({
      code: "TRACE_EXISTS",
      message: expect.stringMatching(/it has 2 references to 2 pages, this one 140000 to 3000/),
    });
    expect(await countRows()).toEqual(rows);
    expect(textOf(await loadTrace(pool, "same"))).toEqual(["L 0x1", "L 0x2"]);
  });

  test("is fine for the same content, which is not stored twice", async () => {
    const source = await file("again.pages", long);
    const first = await importTrace({ pool, source });
    const rows = await countRows();
    expect(await importTrace({ pool, source })).toMatchObject({ trace: first.trace, imported: false, report: { notes: [] } });
    expect(await countRows()).toEqual(rows);
  });

  test("goes to one of two imports at the same time", async () => {
    const sources = [await file("left.pages", long), await file("right.pages", "1\n")];
    const outcomes = await Promise.allSettled(sources.map((source) => importTrace({ pool, source, name: "race" })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = outcomes.find((outcome) => outcome.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "TRACE_EXISTS" });
    expect(await countRows()).toMatchObject({ traces: 1 });
  });
});

describe("an import that is given up", () => {
  test("ends with the reason of its signal and leaves nothing behind", async () => {
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const endless = (async function* () {
      for (;;) yield long;
    })();
    const onProgress = ({ referenceCount }: { referenceCount: number }): void => {
      if (referenceCount > 300_000) controller.abort(reason);
    };
    const source = { file: "endless", bytes: endless };
    const { signal } = controller;
    await expect(importTrace({ pool, source, name: "new", unit: "page", signal, onProgress })).rejects.toBe(reason);
    expect(await countRows()).toEqual({ traces: 0, blocks: 0, pages: 0 });
  });

  test("ends also while no byte comes", async () => {
    const controller = new AbortController();
    const silent = (async function* () {
      yield Buffer.from("1\n");
      await new Promise<never>(() => undefined);
    })();
    const reason = new Error("too quiet");
    const source = { file: "silent", bytes: silent };
    const running = importTrace({ pool, source, name: "new", signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await expect(running).rejects.toBe(reason);
    expect(await countRows()).toMatchObject({ traces: 0 });
  });
});
