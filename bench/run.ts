import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const NOT_BENCHMARKS = new Set(["run.ts", "report.ts", "graphql-client.ts", "scratch-database.ts"]);

/** Runs every benchmark of this folder, or those named, one after the other, each in a process of its own, with the flags that were given. */
const [flags, named] = [
  process.argv.slice(2).filter((argument) => argument.startsWith("--")),
  process.argv.slice(2).filter((argument) => !argument.startsWith("--")),
];
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
