import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { compareParsing, measureStored } from "../bench/trace-import.ts";
import { BUILT_IN_TRACES_FOLDER, listBuiltInTraces } from "../packages/server/src/traces/index.ts";

// Oracle: the figures of the recording itself, in traces/traces.json.
test("the benchmark of trace import works on a small input and reads what was recorded", async () => {
  const recorded = (await listBuiltInTraces()).find(({ name }) => name === "true");
  const file = recorded?.file ?? "";
  const text = zstdDecompressSync(await readFile(join(BUILT_IN_TRACES_FOLDER, file)));
  expect(compareParsing(file, text, 1)).toBe(recorded?.digest);
  expect(await measureStored("true", file, 1)).toMatchObject({
    references: recorded?.referenceCount,
    pages: recorded?.pageCount,
    digest: recorded?.digest,
  });
});
