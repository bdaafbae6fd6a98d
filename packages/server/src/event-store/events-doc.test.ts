import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeEvents } from "./events-doc.ts";

test("docs/events.md says what the catalogue says; oracle: the file in the repository", () => {
  const written = readFileSync(new URL("../../../../docs/events.md", import.meta.url), "utf8");
  expect(written, "run node packages/server/src/event-store/write-events-doc.ts").toBe(describeEvents());
});
