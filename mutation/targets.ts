import { globSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A folder that gets a score of its own. Paths are relative to the repository, with forward slashes. */
export type Folder = { readonly name: string; readonly sources: readonly string[] };

/** Folders that share the tests which ought to notice: these are run once without a mutation, to learn what they reach. */
export type Target = { readonly folders: readonly Folder[]; readonly tests: readonly string[] };

const ROOT = join(import.meta.dirname, "..");
const CORE = "packages/core/src";
const SERVER = "packages/server/src/projections";
const CORE_FOLDERS = ["memory", "policy", "policy/formulas", "projections", "kernel"];

export function listTargets(): Target[] {
  const parts = readdirSync(join(ROOT, CORE, "kernel"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = [...CORE_FOLDERS, ...parts.map(({ name }) => `kernel/${name}`)];
  return [
    {
      folders: names.map((name) => folder(name, `${CORE}/${name}/*.ts`)),
      tests: filesOf(["kernel", "memory", "policy", "projections"].map((name) => `${CORE}/${name}/**/*.test.ts`)),
    },
    ...readdirSync(join(ROOT, "packages/policies")).map((name) => ({
      folders: [folder(`policies/${name}`, `packages/policies/${name}/src/*.ts`)],
      tests: filesOf([`packages/policies/${name}/src/*.test.ts`]),
    })),
    { folders: [folder("server/projections", `${SERVER}/*.ts`)], tests: filesOf([`${SERVER}/*.test.ts`]) },
  ];
}

/** Few functions under few tests, to see that it all works. */
export function quickTarget(): Target {
  return {
    folders: [folder("kernel/balloon", `${CORE}/kernel/balloon/*.ts`)],
    tests: filesOf([`${CORE}/kernel/balloon/*.test.ts`]),
  };
}

/** The targets with these folders alone. Undefined where a name is that of no folder. */
export function targetsOf(names: readonly string[]): Target[] | undefined {
  const all = listTargets();
  const known = new Set(all.flatMap(({ folders }) => folders.map(({ name }) => name)));
  if (!names.every((name) => known.has(name))) return undefined;
  return all
    .map(({ folders, tests }) => ({ folders: folders.filter(({ name }) => names.includes(name)), tests }))
    .filter(({ folders }) => folders.length > 0);
}

function folder(name: string, pattern: string): Folder {
  return { name, sources: filesOf([pattern]).filter((file) => !/\.(test|fixture)\.ts$/u.test(file)) };
}

function filesOf(patterns: readonly string[]): string[] {
  return globSync([...patterns], { cwd: ROOT }).map((file) => file.replaceAll("\\", "/")).toSorted();
}
