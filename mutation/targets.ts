import { globSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

/** A folder whose code is mutated, and the tests that ought to notice. Paths are relative to the repository, with forward slashes. */
export type Target = { readonly name: string; readonly sources: readonly string[]; readonly tests: readonly string[] };

const ROOT = join(import.meta.dirname, "..");
const CORE = "packages/core/src";
const SERVER = "packages/server/src/projections";
/** They run random scenarios through the whole kernel, the tables and the figures, and commands. */
const WHOLE_KERNEL = ["kernel/engine/invariants", "kernel/engine/command-execution"];

/** Folders of core, with the tests outside of them that are about their code. A folder of the kernel that is not named: `WHOLE_KERNEL`. */
const CORE_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  "kernel/structures": [...WHOLE_KERNEL, "kernel/hypervisor/large-pages", "kernel/engine/miss-counts"],
  "kernel/state/host-swap": [...WHOLE_KERNEL, "kernel/hypervisor/host-swap/*"],
  "kernel/state/measuring": [...WHOLE_KERNEL, "kernel/hypervisor/measuring/*"],
  "kernel/state/reporting": [...WHOLE_KERNEL, "kernel/guest/reporting/*"],
  "kernel/state/sharing": [...WHOLE_KERNEL, "kernel/hypervisor/sharing/*"],
  "kernel/guest": [...WHOLE_KERNEL, "kernel/guest/balloon/*"],
  "kernel/hypervisor/measuring": [...WHOLE_KERNEL, "kernel/policy/pressure", "kernel/hypervisor/large-pages"],
  "kernel/hypervisor/stealing": [...WHOLE_KERNEL, "kernel/hypervisor/memory-limit", "kernel/hypervisor/compression/*"],
  "kernel/policy/decisions": [
    ...WHOLE_KERNEL,
    "kernel/hypervisor/memory-limit",
    "kernel/hypervisor/suspension",
    "kernel/policy/policy-failures",
    "kernel/hypervisor/stealing/*",
    "kernel/guest/balloon/*",
  ],
  memory: [
    ...WHOLE_KERNEL,
    "kernel/hypervisor/large-pages",
    "kernel/hypervisor/sharing/shared-pages",
    "kernel/hypervisor/compression/compression",
  ],
  policy: [],
  "policy/formulas": [],
  metrics: ["projections/metric-fold", "projections/not-recorded"],
  projections: [],
};

export function listTargets(): Target[] {
  const kernelFolders = foldersBelow(join(ROOT, CORE, "kernel")).map((folder) => `kernel/${folder}`);
  const names = new Set([...Object.keys(CORE_FOLDERS), ...kernelFolders]);
  return [
    ...[...names].map((name) => coreTarget(name)),
    ...readdirSync(join(ROOT, "packages/policies")).map((name) => target(`policies/${name}`, `packages/policies/${name}/src`)),
    target("server/projections", SERVER),
  ];
}

/** Few functions under few tests, to see that it all works. */
export function quickTarget(): Target {
  return target("kernel/guest/balloon", `${CORE}/kernel/guest/balloon`);
}

function coreTarget(name: string): Target {
  const more = (CORE_FOLDERS[name] ?? WHOLE_KERNEL).map((test) => `${CORE}/${test}.test.ts`);
  return target(name, `${CORE}/${name}`, more);
}

function target(name: string, folder: string, moreTests: readonly string[] = []): Target {
  const sources = filesOf([`${folder}/*.ts`]).filter((file) => !/\.(test|fixture)\.ts$/u.test(file));
  return { name, sources, tests: [...new Set([...filesOf([`${folder}/*.test.ts`]), ...moreTests.flatMap(testsOf)])].toSorted() };
}

/** @throws Error if no test matches: the table above names one that was moved. */
function testsOf(pattern: string): string[] {
  const tests = filesOf([pattern]);
  if (tests.length === 0) throw new Error(`no test matches ${pattern}: correct the table in mutation/targets.ts`);
  return tests;
}

/** All folders below one, relative to it, with forward slashes. */
function foldersBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isDirectory());
  return entries.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll("\\", "/")).toSorted();
}

function filesOf(patterns: readonly string[]): string[] {
  return globSync([...patterns], { cwd: ROOT })
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted();
}
