import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Conditions of `exports` that a Node that imports fulfils. */
const CONDITIONS: ReadonlySet<string> = new Set(["import", "module-sync", "node", "default"]);

/**
 * The file that a specifier means, as a URL: a file URL, a path (of a file, or of a folder with a package.json) from one
 * of the folders, or a package's name as a module in one of the folders would import it. undefined if none has it.
 */
export function findPackageEntry(specifier: string, folders: readonly string[]): string | undefined {
  if (specifier.startsWith("file:")) return findPathEntry(fileURLToPath(specifier));
  for (const folder of folders) {
    const isPath = isAbsolute(specifier) || /^\.\.?([/\\]|$)/.test(specifier);
    const entry = isPath ? findPathEntry(resolve(folder, specifier)) : findNamedEntry(specifier, folder);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** The file that a path means: itself, or that of a package's folder. */
export function findPathEntry(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  return statSync(path).isDirectory() ? findFolderEntry(path) : urlOf(path);
}

function findNamedEntry(name: string, folder: string): string | undefined {
  const manifest = tryFindManifest(name, folder);
  return manifest === undefined ? undefined : findFolderEntry(dirname(manifest));
}

function tryFindManifest(name: string, folder: string): string | undefined {
  try {
    return findPackageJSON(name, pathToFileURL(join(folder, "from-here.js")));
  } catch {
    return undefined;
  }
}

function findFolderEntry(folder: string): string | undefined {
  const manifest = join(folder, "package.json");
  const { exports, main } = existsSync(manifest) ? readManifest(manifest) : ({} as ReturnType<typeof readManifest>);
  const entry = chooseExport(exports) ?? (typeof main === "string" ? main : "index.js");
  const path = join(folder, entry);
  return existsSync(path) ? urlOf(path) : undefined;
}

/** Of the file itself, whatever links lead to it: that is the one that Node imports. */
function urlOf(path: string): string {
  return pathToFileURL(realpathSync(path)).href;
}

/** A package.json, whose members may be anything. @throws Error for one that is no JSON. */
export function readManifest(path: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof content === "object" && content !== null ? (content as Readonly<Record<string, unknown>>) : {};
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The target of `exports` for the package itself: text, conditions, or either under ".". */
function chooseExport(exports: unknown): string | undefined {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return undefined;
  if (Object.hasOwn(exports, ".")) return chooseExport((exports as { readonly ".": unknown })["."]);
  for (const [condition, target] of Object.entries(exports)) {
    if (!CONDITIONS.has(condition)) continue;
    const chosen = chooseExport(target);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}
