import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { copyTree } from "./copy-tree.ts";
import { type Mutant, scoreOf, reportSurvivors } from "./report.ts";
import { sampleFunctions } from "./sample-functions.ts";
import { listTargets, quickTarget, type Target } from "./targets.ts";

const USAGE = `npm run mutation -- [--folder NAME ...] [--sample FUNCTIONS] [--seed N] [--quick]
  --folder   where code is mutated, such as kernel/guest/balloon or policies/esx; may be repeated (default: everywhere)
  --sample   functions drawn from each folder (default: 4)
  --seed     of the drawing (default: 1)
  --quick    two functions of the balloon drivers, to see that it works`;

const { values } = parseArgs({
  options: {
    folder: { type: "string", multiple: true },
    sample: { type: "string", default: "4" },
    seed: { type: "string", default: "1" },
    quick: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const targets = chosenTargets();
const sample = values.quick ? 2 : wholeNumber("--sample", values.sample, 1);
const seed = wholeNumber("--seed", values.seed, 0);
const copy = copyTree();
try {
  console.log(`Seed ${seed}, ${sample} functions of each folder, in ${copy.folder}.`);
  for (const target of targets) report(target, run(target));
} finally {
  copy.remove();
}

/** Undefined if the tests fail without any mutation, or cannot be run. */
function run({ sources, tests }: Target): Mutant[] | undefined {
  const ranges = sampleFunctions(sources, sample, seed);
  if (ranges.length === 0) return [];
  const output = join(copy.folder, "mutants.json");
  const env = { ...process.env, MUTATION_TESTS: tests.join(","), BALLAST_CASES: process.env["BALLAST_CASES"] ?? "0.1" };
  const { status } = spawnSync(process.execPath, ["mutation/run-target.ts", output, ...ranges], {
    cwd: copy.folder,
    env,
    stdio: "inherit",
  });
  return status === 0 ? (JSON.parse(readFileSync(output, "utf8")) as Mutant[]) : undefined;
}

function report({ name }: Target, mutants: readonly Mutant[] | undefined): void {
  if (mutants === undefined) {
    console.log(`${name}: the tests could not be run; see above`);
    process.exitCode = 1;
    return;
  }
  const { found, run: tried } = scoreOf(mutants);
  console.log(`${name}: ${found} of ${tried} mutants found (${tried === 0 ? "-" : Math.round((100 * found) / tried)} %)`);
  for (const line of reportSurvivors(mutants, copy.folder)) console.log(`  ${line}`);
}

function chosenTargets(): Target[] {
  if (values.quick) return [quickTarget()];
  const all = listTargets();
  if (values.folder === undefined) return all;
  return values.folder.map((name) => {
    const found = all.find((known) => known.name === name);
    if (found !== undefined) return found;
    console.error(`No code of a folder "${name}" is mutated; there are: ${all.map((known) => known.name).join(", ")}`);
    process.exit(2);
  });
}

function wholeNumber(option: string, text: string, minimum: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= minimum) return value;
  console.error(`${option} must be a whole number from ${minimum}, not ${text}\n${USAGE}`);
  process.exit(2);
}
