import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// Oracle: the same scenario, run for two of the comparisons, has one digest.
test("the benchmark of the cost by number of VMs runs on a small input", () => {
  const file = fileURLToPath(new URL("../bench/vm-counts.ts", import.meta.url));
  const printed = execFileSync(process.execPath, [file, "--quick"], { encoding: "utf8" });
  const digests = [...printed.matchAll(/^digest .*?([0-9a-f]{16})$/gm)].map(([, digest]) => digest);
  expect(digests).toHaveLength(5);
  expect(digests.at(-1)).toBe(digests[0]);
  expect(printed.match(/ of the first$/gm)).toHaveLength(7);
});
