import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";

const NOT_BENCHMARKS = new Set(["run.ts", "report.ts", "kernel-work.ts", "graphql-client.ts", "scratch-database.ts"]);

/**
 * Runs every benchmark of this folder, or those named (`kernel`, or `--only kernel,history`), one after the other, each in a
 * process of its own. `--quick`: on small input, to show that they run; benchmarks that know no small input run in full.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", multiple: true, default: [] }, quick: { type: "boolean", default: false } },
});
const flags = values.quick ? ["--quick"] : [];
const named = [...positionals, ...values.only.flatMap((names) => names.split(","))];
const files = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !NOT_BENCHMARKS.has(file))
  .filter((file) => named.length === 0 || named.includes(file.replace(/\.ts$/, "")));
if (files.length === 0) {
  console.error(`No benchmark is called ${named.join(", ")}; the files of bench/ are the names.`);
  process.exit(2);
}
let failed = 0;
for (const file of files) {
  const { status } = spawnSync(process.execPath, [`${import.meta.dirname}/${file}`, ...flags], { stdio: "inherit" });
  if (status !== 0) failed++;
  console.log();
}
process.exit(failed === 0 ? 0 : 1);
