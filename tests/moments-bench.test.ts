import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isLongRun } from "../packages/core/src/testing/case-count.ts";

// Oracle: the benchmark itself compares facts with those of whole tables, and histories of pages with and without filters. It starts a Postgres.
test.runIf(isLongRun)("the benchmark of moments runs on a small input", () => {
  const file = fileURLToPath(new URL("../bench/moments.ts", import.meta.url));
  const printed = execFileSync(process.execPath, [file, "--quick"], { encoding: "utf8" });
  expect(printed.match(/^digest {3}[0-9a-f]{64}$/gm)).toHaveLength(1);
  expect(printed.match(/ wall ms /g)).toHaveLength(14);
});
