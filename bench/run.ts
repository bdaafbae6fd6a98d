import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";

/**
 * Runs every benchmark of this folder, or those named (`kernel`, or `--only kernel,history`), one after the other, each in a
 * process of its own. `--quick`: on small input, to show that they run. `--json`: one object per benchmark and line on stdout.
 * Exit code 1 if one failed, 2 if none has the name.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", multiple: true, default: [] },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const flags = (["quick", "json"] as const).filter((flag) => values[flag]).map((flag) => `--${flag}`);
const benchmarks = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.replace(/\.ts$/, ""));
const named = [...positionals, ...values.only.flatMap((names) => names.split(","))];
const unknown = named.filter((name) => !benchmarks.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(", ")}. The benchmarks are: ${benchmarks.join(", ")}.`);
  process.exit(2);
}
const failed = (named.length === 0 ? benchmarks : named).filter((name) => {
  const { status } = spawnSync(process.execPath, [`${import.meta.dirname}/${name}.ts`, ...flags], { stdio: "inherit" });
  if (!values.json) console.log();
  return status !== 0;
});
if (failed.length > 0) console.error(`Failed: ${failed.join(", ")}.`);
process.exit(failed.length === 0 ? 0 : 1);
