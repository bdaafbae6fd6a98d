import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmbeddedPostgres } from "./index.ts";

describe("a start that cannot succeed is refused", () => {
  let dataFolder: string;

  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), "ballast-refused-"));
  });

  afterEach(() => {
    rmSync(dataFolder, { recursive: true, force: true });
  });

  test("with both versions, on data of another Postgres", async () => {
    mkdirSync(join(dataFolder, "data"));
    writeFileSync(join(dataFolder, "data", "PG_VERSION"), "17\n");
    const attempt = startEmbeddedPostgres({ dataFolder });
    await expect(attempt).rejects.toThrow(/were written by Postgres 17, and the embedded Postgres is 18/);
    await expect(attempt).rejects.toMatchObject({ code: "DATABASE_START_FAILED" });
  });

  test("with the reason, on a folder that holds something else, which stays untouched", async () => {
    mkdirSync(join(dataFolder, "data"));
    writeFileSync(join(dataFolder, "data", "letter.txt"), "dear reader");
    await expect(startEmbeddedPostgres({ dataFolder })).rejects.toThrow(/are not a Postgres cluster/);
    expect(readFileSync(join(dataFolder, "data", "letter.txt"), "utf8")).toBe("dear reader");
  });

  test("with the free and the needed space, on a disk that is nearly full", async () => {
    const attempt = startEmbeddedPostgres({ dataFolder, minFreeBytes: 2 ** 60 });
    // 2^60 bytes are 2^40 MiB.
    await expect(attempt).rejects.toThrow(/\d+ MiB are free at .* needs 1099511627776 MiB/);
    await expect(attempt).rejects.toMatchObject({ code: "DATABASE_FULL" });
  });

  test("with the path, where the data folder cannot be made", async () => {
    const file = join(dataFolder, "file");
    writeFileSync(file, "");
    const attempt = startEmbeddedPostgres({ dataFolder: join(file, "below") });
    await expect(attempt).rejects.toThrow(/file\/below cannot be made/);
  });
});
