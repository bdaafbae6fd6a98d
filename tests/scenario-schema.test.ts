import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scenarioJsonSchema } from "../packages/core/src/scenario/index.ts";

test("scenarios/scenario.schema.json is the schema of today (write it anew: node scenarios/write-schema.ts)", () => {
  const file = new URL("../scenarios/scenario.schema.json", import.meta.url);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});
