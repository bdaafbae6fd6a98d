import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateDocuments } from "../packages/web/tools/generate-documents.ts";

/** Oracle: the generator, on the documents and the schema as they are. */
test("the page's documents fit the schema, and their types are those that `npm run web:types` makes", async () => {
  const documents = await generateDocuments();
  expect(documents.size).toBeGreaterThan(3);
  const stale = [...documents].filter(([file, text]) => readFileSync(join(import.meta.dirname, "../packages/web", file), "utf8") !== text);
  expect(stale.map(([file]) => file)).toEqual([]);
});
