import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { isLongRun } from "../packages/core/src/testing/case-count.ts";
import { findChromium } from "./page/find-chromium.ts";

type Report = {
  readonly machine: string;
  readonly input: string;
  readonly digests: Readonly<Record<string, string>>;
  readonly rows: readonly { readonly name: string; readonly quantities: Readonly<Record<string, readonly [number | null, string]>> }[];
};

const run = promisify(execFile);
const main = fileURLToPath(new URL("../bench/run.ts", import.meta.url));
/** Where a benchmark has no digest: what it measures is not work on a fixed input. */
const WITHOUT_DIGEST = new Set(["graphql", "graphql-limits", "page-playback", "readers"]);

/** They start servers or long histories: some seconds each, even on small input. */
const FOR_LONG_RUNS = new Set([
  "end-to-end",
  "graphql-limits",
  "large-host",
  "moments",
  "page-maps",
  "page-playback",
  "readers",
  "subscriptions",
]);

const benchmarks = readdirSync(new URL("../bench", import.meta.url))
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.replace(/\.ts$/, ""));

async function quick(name: string): Promise<Report> {
  const { stdout } = await run(process.execPath, [main, "--only", name, "--quick", "--json"], { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout) as Report;
}

const NEEDS_BROWSER = new Set(["page-playback"]);

const tested = benchmarks.filter((name) => {
  return (isLongRun || !FOR_LONG_RUNS.has(name)) && (!NEEDS_BROWSER.has(name) || findChromium(process.env) !== undefined);
});

test.each(tested)("the benchmark %s runs on a small input, and every row of it has a number", async (name) => {
  const { machine, input, digests, rows } = await quick(name);
  expect(machine).not.toBe("");
  expect(input).not.toBe("");
  expect(rows.length).toBeGreaterThan(0);
  for (const { name: row, quantities } of rows) {
    const values = Object.values(quantities).map(([value]) => value);
    expect(values, row).not.toHaveLength(0);
    // JSON has no NaN: a quantity that could not be measured arrives as null.
    expect(values, row).not.toContain(null);
  }
  if (!WITHOUT_DIGEST.has(name)) expect(Object.keys(digests)).not.toHaveLength(0);
  // Oracle: the same scenario, run for two of the comparisons, has one digest.
  if (name === "vm-counts") expect(digests["the kernel alone"]).toBe(digests["2 VMs thrashing"]);
  // Oracle: the earlier implementation.
  const sum = "sum of the distances of gzip";
  if (name === "curves") expect(digests[sum]).toBe(digests[`${sum}, by the tree`]);
  // Oracle: the recording itself, in traces/traces.json.
  if (name === "trace-import") expect(readFileSync("traces/traces.json", "utf8")).toContain(digests["true"]);
});

test("an unknown benchmark is refused with the names of those there are", async () => {
  const refused = run(process.execPath, [main, "--only", "kernels"]);
  await expect(refused).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("event-store") });
});

test("ARCHITECTURE lists every benchmark, and no other", () => {
  const [, section = ""] = readFileSync(new URL("../ARCHITECTURE.md", import.meta.url), "utf8").split("\n## Benchmarks\n");
  const listed = [...section.split("\n## ")[0].matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual(benchmarks.sort());
});
