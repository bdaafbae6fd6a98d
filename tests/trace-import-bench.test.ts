import { expect, test } from "vitest";
import { measureParsing, measureStored } from "../bench/trace-import.ts";
import { listBuiltInTraces } from "../packages/server/src/traces/index.ts";

// Oracle: the figures of the recording itself, in traces/traces.json.
test("the benchmark of trace import works on a small input and reads what was recorded", async () => {
  const recorded = (await listBuiltInTraces()).find(({ name }) => name === "true");
  expect(recorded).toBeDefined();
  const parsing = await measureParsing(1, 1);
  expect(parsing).toMatchObject({ references: recorded?.referenceCount, digest: recorded?.digest });
  const stored = await measureStored("true", recorded?.file ?? "", 1);
  expect(stored).toMatchObject({
    references: recorded?.referenceCount,
    pages: recorded?.pageCount,
    digest: recorded?.digest,
  });
  for (const rate of [parsing.scannedLines, parsing.parsedLines, stored.expanding]) expect(rate).toBeGreaterThan(0);
});
