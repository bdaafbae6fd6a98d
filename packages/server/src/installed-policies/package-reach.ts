import { createHash, type Hash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { basename, dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { findPathEntry, readManifest } from "./package-entry.ts";
import { HOST_PATHS } from "./process/host-paths.ts";

/** What of a folder is not part of a package: the settings and secrets of the person who works there, and other packages. */
const LEFT_OUT: ReadonlySet<string> = new Set(["node_modules", "ballast.config.json"]);
/** Entries of the package's own folder, and packages that it needs: each one is an argument of its process. */
const MAX_ENTRIES = 1_000;
const MAX_PACKAGES = 300;
const MAX_FILES = 20_000;

/** What the process of a policy may read, and what its code is. */
export type PackageReach = {
  /** Files, and folders, which end with a slash. */
  readonly readable: readonly string[];
  /** Of every readable file: what a policy does may change with each one. What each policy has of Ballast is left out. */
  readonly digest: string;
};

/**
 * The files of a policy and of the packages that its package.json names as dependencies, and theirs. A policy in a single
 * file that is no package's entry has the files beside it, and of all packages @ballast/core. Names that begin with a dot,
 * ballast.config.json and node_modules are left out.
 * @throws Error that says what is wrong with the package: links that lead out of it, or too much in it.
 */
export function reachOf(url: string): PackageReach {
  const entry = fileURLToPath(url);
  const manifest = findPackageJSON(url);
  const isPackage = manifest !== undefined && isEntryOf(dirname(manifest), url);
  const folder = isPackage ? dirname(manifest) : dirname(entry);
  const folders = isPackage ? [...dependencyFolders(folder)] : coreFrom(folder);
  const own = ownEntries(folder);
  const readable = [
    ...own.map(({ path, isFolder }) => (isFolder ? `${path}/` : path)),
    ...(manifest === undefined ? [] : [manifest]),
    ...folders.flatMap(({ named, real }) => [`${named}/`, `${real}/`]),
  ];
  // Core is part of the server's own code.
  const hashed = folders.map(({ real }) => real).filter((real) => !HOST_PATHS.includes(`${real}/`));
  return { readable: [...new Set(readable)], digest: digestOf(own, hashed) };
}

function isEntryOf(folder: string, url: string): boolean {
  const found = findPathEntry(folder);
  return found !== undefined && realpathSync(fileURLToPath(found)) === realpathSync(fileURLToPath(url));
}

type Entry = { readonly path: string; readonly isFolder: boolean };

function ownEntries(folder: string): Entry[] {
  const names = readdirSync(folder).filter((name) => !name.startsWith(".") && !LEFT_OUT.has(name));
  if (names.length > MAX_ENTRIES) {
    throw new Error(`${folder} has ${names.length} entries, more than ${MAX_ENTRIES}: give the policy a folder of its own`);
  }
  const paths = names.sort().map((name) => join(folder, name));
  // A link at the top that leads out is of the folder's owner, not of the policy: it is left out.
  return paths.flatMap((path): Entry[] => {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink() && !leadsInto(path, folder)) return [];
    return stats.isFile() || stats.isDirectory() || stats.isSymbolicLink() ? [{ path, isFolder: leadsToFolder(path) }] : [];
  });
}

function leadsToFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function leadsInto(link: string, folder: string): boolean {
  try {
    const [target, real] = [realpathSync(link), realpathSync(folder)];
    return target.startsWith(`${real}${sep}`);
  } catch {
    return false;
  }
}

type NeededPackage = { readonly named: string; readonly real: string };

/** Ballast's own packages besides core are no part of a policy, whatever it declares. */
const NOT_FOR_POLICIES: ReadonlySet<string> = new Set(
  ["cli", "embedded-postgres", "fidelity", "processes", "server"].map((name) => `@ballast/${name}`),
);

/** Core as an import from the folder finds it, if that is the one that the process has. */
function coreFrom(folder: string): NeededPackage[] {
  const named = findDependency("@ballast/core", folder);
  const real = named === undefined ? "" : realpathSync(named);
  return named !== undefined && HOST_PATHS.includes(`${real}/`) ? [{ named, real }] : [];
}

function dependencyFolders(root: string): Iterable<NeededPackage> {
  const found = new Map<string, NeededPackage>();
  const open = [root];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const name of dependenciesOf(folder)) {
      const named = findDependency(name, folder);
      if (named === undefined || found.has(named)) continue;
      if (found.size === MAX_PACKAGES) throw new Error(`it needs more than ${MAX_PACKAGES} packages`);
      const real = realpathSync(named);
      found.set(named, { named, real });
      open.push(real);
    }
  }
  return found.values();
}

function dependenciesOf(folder: string): string[] {
  const path = join(folder, "package.json");
  if (!existsSync(path)) return [];
  const manifest = readManifest(path);
  const optionalPeers = recordOf(manifest["peerDependenciesMeta"]);
  const names = [
    ...Object.keys(recordOf(manifest["dependencies"])),
    ...Object.keys(recordOf(manifest["optionalDependencies"])),
    ...Object.keys(recordOf(manifest["peerDependencies"])).filter((name) => !Object.hasOwn(optionalPeers, name)),
  ];
  return names.filter((name) => !NOT_FOR_POLICIES.has(name));
}

function recordOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

/** Where an import from the folder finds a package, by the name of its link. */
function findDependency(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (basename(folder) !== "node_modules" && existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

function digestOf(own: readonly Entry[], folders: readonly string[]): string {
  const hash = createHash("sha256");
  const budget = { filesLeft: MAX_FILES };
  for (const { path, isFolder } of own) hashPath(hash, path, isFolder ? path : dirname(path), budget);
  for (const folder of folders) hashPath(hash, folder, folder, budget);
  return hash.digest("hex");
}

/** @throws Error for a link that leads out of the folder: reading through it would be reading elsewhere. */
function hashPath(hash: Hash, path: string, root: string, budget: { filesLeft: number }): void {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) {
    if (!leadsInto(path, root)) throw new Error(`the link ${path} leads out of ${root}, which a policy may not follow`);
    return void hash.update(`${path}\0${realpathSync(path)}\0`);
  }
  if (stats.isDirectory()) {
    if (path !== root && basename(path) === "node_modules") return;
    for (const name of readdirSync(path).sort()) hashPath(hash, join(path, name), root, budget);
  } else if (stats.isFile()) {
    if (--budget.filesLeft < 0) throw new Error(`it and the packages that it needs have more than ${MAX_FILES} files`);
    hash.update(`${path}\0${stats.size}\0`).update(readFileSync(path));
  }
}
