import { globSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A folder whose code is mutated, and the tests that ought to notice. Paths are relative to the repository, with forward slashes. */
export type Target = { readonly name: string; readonly sources: readonly string[]; readonly tests: readonly string[] };

const ROOT = join(import.meta.dirname, "..");
const CORE = "packages/core/src";
const SERVER = "packages/server/src/projections";
/** They run random scenarios through the whole kernel, the tables and the figures, and commands. */
const WHOLE_KERNEL = ["kernel/invariants", "kernel/commands"];

/** Folders of core, with the tests outside of them that are about their code. */
const CORE_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  "kernel/balloon": WHOLE_KERNEL,
  "kernel/compression": WHOLE_KERNEL,
  "kernel/decisions": [...WHOLE_KERNEL, "kernel/memory-limit", "kernel/blocking", "kernel/policy-failures", "kernel/stealing/*", "kernel/balloon/*"],
  "kernel/disk-mapper": WHOLE_KERNEL,
  "kernel/host-swap": WHOLE_KERNEL,
  "kernel/measuring": [...WHOLE_KERNEL, "kernel/pressure", "kernel/large-pages"],
  "kernel/reporting": WHOLE_KERNEL,
  "kernel/sharing": WHOLE_KERNEL,
  "kernel/stealing": [...WHOLE_KERNEL, "kernel/memory-limit", "kernel/compression/*"],
  kernel: ["kernel/balloon/*"],
  memory: [...WHOLE_KERNEL, "kernel/large-pages", "kernel/sharing/shared-pages", "kernel/compression/compression"],
  policy: [],
  "policy/formulas": [],
  projections: ["memory/choice-counters"],
};

export function listTargets(): Target[] {
  const parts = readdirSync(join(ROOT, CORE, "kernel"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = new Set([...Object.keys(CORE_FOLDERS), ...parts.map(({ name }) => `kernel/${name}`)]);
  return [
    ...[...names].map((name) => coreTarget(name)),
    ...readdirSync(join(ROOT, "packages/policies")).map((name) => target(`policies/${name}`, `packages/policies/${name}/src`)),
    target("server/projections", SERVER),
  ];
}

/** Few functions under few tests, to see that it all works. */
export function quickTarget(): Target {
  return target("kernel/balloon", `${CORE}/kernel/balloon`);
}

function coreTarget(name: string): Target {
  const more = (CORE_FOLDERS[name] ?? WHOLE_KERNEL).map((test) => `${CORE}/${test}.test.ts`);
  return target(name, `${CORE}/${name}`, more);
}

function target(name: string, folder: string, moreTests: readonly string[] = []): Target {
  const sources = filesOf([`${folder}/*.ts`]).filter((file) => !/\.(test|fixture)\.ts$/u.test(file));
  return { name, sources, tests: filesOf([`${folder}/*.test.ts`, ...moreTests]) };
}

function filesOf(patterns: readonly string[]): string[] {
  return globSync([...patterns], { cwd: ROOT }).map((file) => file.replaceAll("\\", "/")).toSorted();
}
