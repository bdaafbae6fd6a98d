import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** What a benchmark prints on its small input. */
function quick(name: string): string {
  const file = fileURLToPath(new URL(`../bench/${name}.ts`, import.meta.url));
  return execFileSync(process.execPath, [file, "--quick"], { encoding: "utf8" });
}

// Oracle: the same scenario, run for two of the comparisons, has one digest.
test("the benchmark of the cost by number of VMs runs on a small input", () => {
  const printed = quick("vm-counts");
  const digests = [...printed.matchAll(/^digest .*?([0-9a-f]{16})$/gm)].map(([, digest]) => digest);
  expect(digests).toHaveLength(5);
  expect(digests.at(-1)).toBe(digests[0]);
  expect(printed.match(/ of the first$/gm)).toHaveLength(7);
});

test("the benchmark of the kernel alone runs on a small input", () => {
  expect(quick("kernel").match(/ of the first$/gm)).toHaveLength(4);
});
